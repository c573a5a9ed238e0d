"""FHIR transactions: read, checked, and done whole inside one write."""
