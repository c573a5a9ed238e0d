package puffin.conformance;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;

/** The profiles, value sets and code systems of folders of JSON files. */
final class Definitions {
    private final IParser parser;
    private final PrePopulatedValidationSupport support;
    private final Set<String> profiles = new TreeSet<>();

    Definitions(FhirContext context) {
        parser = context.newJsonParser();
        support = new PrePopulatedValidationSupport(context);
    }

    PrePopulatedValidationSupport support() {
        return support;
    }

    /** Returns the addresses of the profiles that were loaded. */
    Set<String> profiles() {
        return profiles;
    }

    /** Loads every definition in a folder; other files, such as the manifest of a package, are passed over. */
    void load(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".json")).sorted().forEach(this::loadFile);
        }
    }

    private void loadFile(Path file) {
        try {
            String text = Files.readString(file);
            if (text.contains("\"resourceType\"")) {
                add(parser.parseResource(text));
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private void add(IBaseResource definition) {
        if (definition instanceof StructureDefinition profile) {
            support.addStructureDefinition(profile);
            profiles.add(profile.getUrl());
        } else if (definition instanceof ValueSet || definition instanceof CodeSystem) {
            support.addResource(definition);
        }
    }
}
