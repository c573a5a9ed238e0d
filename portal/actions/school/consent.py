"""The answer of a parent about the school's emergency inhaler, kept as school has it in writing."""

from datetime import datetime

from fhir.kept_school_register import keep_emergency_consent
from fhir.school_consent import emergency_consent_id
from fhir.store import Store
from plans.school_consent import EmergencyConsent, checked
from plans.working_days import uk_day
from portal.person import Person


def keep_answer(
    store: Store, answer: EmergencyConsent, *, is_written: bool, by: Person, at: datetime
) -> None:
    """Keep an answer as the newest; those before it stay in its history. Raises NotWhole."""
    checked(answer, is_written=is_written, today=uk_day(at))
    with store.write(by=by.ref, at=at) as write:
        keep_emergency_consent(write, answer)
        what = f"Consent/{emergency_consent_id(answer.child_id)}"
        said = "yes" if answer.is_given else "no"
        write.audit(
            "U", what, f"Patient/{answer.child_id}", f"keep the answer on the emergency inhaler: {said}"
        )
