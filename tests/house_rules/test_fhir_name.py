"""Our room `fhir` and the package of FHIR models share a name, and both must be found."""

import importlib

from tests.house_rules.module import ROOT


def test_our_fhir_comes_first():
    ours = importlib.import_module("fhir")

    assert next(iter(ours.__path__)) == str(ROOT / "fhir")


def test_the_models_of_fhir_resources_are_found_behind_it():
    patient = importlib.import_module("fhir.resources.R4B.patient").Patient

    assert patient(active=True).active is True


def test_nothing_of_ours_hides_the_models():
    assert not (ROOT / "fhir" / "resources.py").exists()
    assert not (ROOT / "fhir" / "resources").exists()
