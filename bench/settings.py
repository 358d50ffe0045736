"""The product's settings, with Django's admin beside it to be measured against."""

from wraparound.config import settings as product

for _name in dir(product):
    if _name.isupper():
        globals()[_name] = getattr(product, _name)

INSTALLED_APPS = [*product.INSTALLED_APPS, "django.contrib.admin.apps.SimpleAdminConfig"]
TEMPLATES = [
    *product.TEMPLATES,
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
ROOT_URLCONF = "bench.urls"
