from django.apps import AppConfig


class SocialPrescribingConfig(AppConfig):
    name = "wraparound.social_prescribing"
