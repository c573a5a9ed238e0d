"""How a plan is kept and exchanged, in FHIR R4; fhir.resources installs a package of the same name."""

__path__ = __import__("pkgutil").extend_path(__path__, __name__)
