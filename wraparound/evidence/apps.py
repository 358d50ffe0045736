from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "wraparound.evidence"
