"""What was checked at school, in the store: each child's inhaler, and each school's emergency kits."""

from collections.abc import Callable, Iterable, Iterator

from fhir.codes import INHALER_FORM, KIT_FORM
from fhir.school_inhaler import from_inhaler_form, inhaler_form_id, to_inhaler_form
from fhir.school_kit import from_kit_form, kit_id, to_kit_form
from fhir.store import Reader, Write
from fhir.store.errors import ResourceNotFound
from plans.school_inhaler import SchoolInhaler
from plans.school_kit import KitCheck


def inhaler(reader: Reader, child_id: str) -> SchoolInhaler | None:
    """Return what the last check of a child's inhaler at school found, None where nobody has checked."""
    return inhalers(reader, [child_id]).get(child_id)


def inhalers(reader: Reader, child_ids: Iterable[str]) -> dict[str, SchoolInhaler]:
    """Return what the last checks found, by the child's id, for those of whom there is one."""
    ids = [inhaler_form_id(one) for one in child_ids]
    found = reader.search("QuestionnaireResponse", _id=ids) if ids else []
    return {one.child_id: one for one in map(from_inhaler_form, found)}


def earlier_inhaler_checks(reader: Reader, child_id: str) -> list[SchoolInhaler]:
    """Return every check of a child's inhaler, the newest first."""
    try:
        versions = reader.history("QuestionnaireResponse", inhaler_form_id(child_id))
    except ResourceNotFound:
        return []
    return [from_inhaler_form(one) for one in versions]


def all_inhalers(reader: Reader) -> Iterator[SchoolInhaler]:
    """Yield what the last check of every child's inhaler found."""
    for one in reader.search("QuestionnaireResponse"):
        if one.get("questionnaire") == INHALER_FORM:
            yield from_inhaler_form(one)


def keep_inhaler(write: Write, found: SchoolInhaler) -> None:
    """Keep a check; the audit is the caller's."""
    _keep(write, inhaler_form_id(found.child_id), lambda is_first: to_inhaler_form(found, is_first=is_first))


def kits(reader: Reader, school_ids: Iterable[str]) -> list[KitCheck]:
    """Return what the last check of each kit of these schools found, by the name of its site.

    A kit that is no longer kept is not among them.
    """
    subjects = [f"Organization/{one}" for one in school_ids]
    found = reader.search("QuestionnaireResponse", subject=subjects) if subjects else []
    known = [from_kit_form(one) for one in found if one.get("questionnaire") == KIT_FORM]
    return sorted((one for one in known if one.is_kept), key=lambda one: one.site.casefold())


def all_kits(reader: Reader) -> list[KitCheck]:
    """Return what the last check of every kit that is kept found."""
    forms = reader.search("QuestionnaireResponse")
    known = [from_kit_form(one) for one in forms if one.get("questionnaire") == KIT_FORM]
    return [one for one in known if one.is_kept]


def keep_kit(write: Write, found: KitCheck) -> None:
    """Keep a check; the audit is the caller's."""
    _keep(write, kit_id(found.school_id, found.site), lambda is_first: to_kit_form(found, is_first=is_first))


def _keep(write: Write, id: str, form: Callable[[bool], dict]) -> None:
    """Keep a form, or the next version of it."""
    if write.count("QuestionnaireResponse", _id=id):
        before = write.read("QuestionnaireResponse", id)
        write.update(form(False), if_match=before["meta"]["versionId"])
    else:
        write.create(form(True))
