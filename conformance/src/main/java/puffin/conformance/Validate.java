package puffin.conformance;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;

/**
 * Validates a file of resources, one a line, and writes a line of JSON about each, in the same order.
 *
 * <p>The first line says which profiles were loaded. There is no terminology server.
 */
public final class Validate {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Validate() {}

    /** Arguments: the file of resources, the file to write, and one or more folders of definitions. */
    public static void main(String[] arguments) throws IOException {
        FhirContext context = FhirContext.forR4();
        Definitions definitions = new Definitions(context);
        for (String folder : List.of(arguments).subList(2, arguments.length)) {
            definitions.load(Path.of(folder));
        }
        FhirValidator validator = validator(context, definitions);
        try (BufferedWriter out = Files.newBufferedWriter(Path.of(arguments[1]))) {
            write(out, JSON.createObjectNode().set("loaded", JSON.valueToTree(definitions.profiles())));
            for (String resource : Files.readAllLines(Path.of(arguments[0]))) {
                write(out, said(validator.validateWithResult(resource).getMessages()));
            }
        }
    }

    private static FhirValidator validator(FhirContext context, Definitions definitions) {
        FhirInstanceValidator module = new FhirInstanceValidator(new ValidationSupportChain(
                new LanguageTags(context),
                new DefaultProfileValidationSupport(context),
                definitions.support(),
                new CommonCodeSystemsTerminologyService(context),
                new InMemoryTerminologyServerValidationSupport(context),
                new SnapshotGeneratingValidationSupport(context)));
        module.setErrorForUnknownProfiles(true);
        module.setAnyExtensionsAllowed(true);
        return context.newValidator().registerValidatorModule(module);
    }

    private static ObjectNode said(List<SingleValidationMessage> messages) {
        ObjectNode line = JSON.createObjectNode();
        ArrayNode issues = line.putArray("issues");
        for (SingleValidationMessage message : messages) {
            if (message.getSeverity() != ResultSeverityEnum.INFORMATION) {
                issues.addObject()
                        .put("severity", message.getSeverity().getCode())
                        .put("rule", message.getMessageId())
                        .put("path", message.getLocationString())
                        .put("message", message.getMessage());
            }
        }
        return line;
    }

    private static void write(BufferedWriter out, Object line) throws IOException {
        out.write(JSON.writeValueAsString(line));
        out.newLine();
    }
}
