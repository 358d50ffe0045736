"""FHIR R4 as structs: generated, see `wraparound.interop.fhir.generate`."""
