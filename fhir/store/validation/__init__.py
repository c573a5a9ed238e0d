"""Whether a resource is one that FHIR R4 allows."""
