package puffin.conformance;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.ConceptValidationOptions;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import java.lang.Character.UnicodeScript;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.ValueSet;

/**
 * Checks languages such as "ur" and "pa-Guru" by BCP 47.
 *
 * <p>HAPI's own check knows languages and countries, no scripts, and makes an error of a language that is not on
 * the short list which FHIR R4 only prefers. Whatever is no tag here goes on to HAPI's check.
 */
final class LanguageTags implements IValidationSupport {
    private static final String SYSTEM = "urn:ietf:bcp:47";
    private static final Set<String> VALUE_SETS =
            Set.of("http://hl7.org/fhir/ValueSet/all-languages", "http://hl7.org/fhir/ValueSet/languages");

    private final FhirContext context;

    LanguageTags(FhirContext context) {
        this.context = context;
    }

    @Override
    public FhirContext getFhirContext() {
        return context;
    }

    @Override
    public boolean isCodeSystemSupported(ValidationSupportContext support, String system) {
        return SYSTEM.equals(system);
    }

    @Override
    public boolean isValueSetSupported(ValidationSupportContext support, String valueSet) {
        return isOfLanguages(valueSet);
    }

    @Override
    public CodeValidationResult validateCode(
            ValidationSupportContext support,
            ConceptValidationOptions options,
            String system,
            String code,
            String display,
            String valueSet) {
        boolean isAsked = valueSet == null ? SYSTEM.equals(system) : isOfLanguages(valueSet);
        if (!isAsked || !isTag(code)) {
            return null;
        }
        return new CodeValidationResult().setCode(code).setDisplay(display);
    }

    @Override
    public CodeValidationResult validateCodeInValueSet(
            ValidationSupportContext support,
            ConceptValidationOptions options,
            String system,
            String code,
            String display,
            IBaseResource valueSet) {
        return validateCode(support, options, system, code, display, ((ValueSet) valueSet).getUrl());
    }

    private static boolean isOfLanguages(String valueSet) {
        return valueSet != null && VALUE_SETS.contains(valueSet.split("\\|")[0]);
    }

    private static boolean isTag(String code) {
        try {
            Locale locale = new Locale.Builder().setLanguageTag(code).build();
            return !locale.getISO3Language().isEmpty() && isScript(locale.getScript()) && isCountry(locale.getCountry());
        } catch (IllformedLocaleException | MissingResourceException error) {
            return false;
        }
    }

    private static boolean isScript(String script) {
        try {
            return script.isEmpty() || UnicodeScript.forName(script) != null;
        } catch (IllegalArgumentException error) {
            return false;
        }
    }

    private static boolean isCountry(String country) {
        return country.isEmpty() || Set.of(Locale.getISOCountries()).contains(country);
    }
}
