"""Django settings. What the environment may give is declared in `environment.py`."""

from pathlib import Path

import pghistory

from wraparound.config import environment, single_sign_on
from wraparound.config.database import from_url

BASE = Path(__file__).resolve().parent.parent
PRODUCTION = environment.production()
DEBUG = False
SECRET_KEY = environment.read("SECRET_KEY") or "development-only-" + "0" * 40
SECRET_KEY_FALLBACKS = list(filter(None, environment.read("SECRET_KEY_FALLBACKS").split(",")))
ALLOWED_HOSTS = environment.read("ALLOWED_HOSTS").split(",") if PRODUCTION else ["*"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "wraparound.audit",
    "wraparound.events",
    "wraparound.organisations",
    "wraparound.signing_in",
    "wraparound.people",
    "wraparound.consent",
    "wraparound.referrals",
    "wraparound.casework",
    "wraparound.safeguarding",
    "wraparound.evidence",
    "wraparound.advice",
    "wraparound.letters",
    "wraparound.social_prescribing",
    "wraparound.budget",
    "wraparound.outcomes",
    "wraparound.files",
    "wraparound.supervision",
    "wraparound.messaging",
    "wraparound.reporting",
    "wraparound.privacy",
    "wraparound.interop",
    "wraparound.web",
    "wraparound.demo",
]

MIDDLEWARE = [
    "wraparound.web.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wraparound.web.acting.ActingMiddleware",
]

ROOT_URLCONF = "wraparound.config.urls"
WSGI_APPLICATION = "wraparound.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE / "web" / "templates"],
        "OPTIONS": {"environment": "wraparound.web.templating.environment"},
    },
]

# Two roles, one database: the web and the jobs own nothing; migrations own the tables.
DATABASES = {
    "default": from_url(environment.read("DATABASE_URL")),
    "owner": from_url(environment.read("DATABASE_OWNER_URL")),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organisations.User"
CSRF_FAILURE_VIEW = "wraparound.web.errors.csrf_failure"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
# However long somebody works: `signing_in.sessions` ends it before where nobody does anything.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "sessionid"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
IDLE_MINUTES = environment.idle_minutes()
PASSWORD_RESET_TIMEOUT = 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "wraparound.signing_in.breached.BreachedPasswordValidator"},
]
BREACHED_PASSWORDS = environment.read("BREACHED_PASSWORDS")

# Of django-allauth the rows and the cryptography are used; its pages are not routed and its limits are ours.
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
MFA_ADAPTER = "wraparound.signing_in.adapter.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODE_DIGITS = 10
SINGLE_SIGN_ON = single_sign_on.providers()
SOCIALACCOUNT_PROVIDERS = single_sign_on.for_allauth(SINGLE_SIGN_ON)
SOCIALACCOUNT_STORE_TOKENS = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE.parent / "staticfiles" if PRODUCTION else None
STATICFILES_DIRS = [BASE / "web" / "static"]
WHITENOISE_USE_FINDERS = not PRODUCTION

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
MAIL_URL = environment.read("MAIL_URL")
MAIL_FROM = environment.read("MAIL_FROM")
CLAMD_ADDRESS = environment.read("CLAMD_ADDRESS")
TRUSTED_PROXIES = environment.trusted_proxies()
API_REQUESTS_A_MINUTE = environment.requests_a_minute()
PUBLIC_ADDRESS = environment.read("PUBLIC_ADDRESS")
# The stand-in for a mail server, which shows its letters on a page: never in production.
KEEP_LETTERS_IN = None if PRODUCTION else BASE.parent / "var" / "letters"
EVENT_SUBSCRIPTIONS = "wraparound.config.subscriptions.SUBSCRIPTIONS"
# History rows carry who did it as JSON in the row; `organisations.actor` sets it with the transaction's actor.
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_APPEND_ONLY = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "class": "wraparound.config.logs.WithoutRows",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Request paths hold references, never names; arguments of queries hold names, so they stay out of the log.
    # Django's own handlers, which would write a fault as it is, give way to the one above.
    "loggers": {
        "django": {"level": "WARNING", "handlers": []},
        "django.server": {"level": "INFO", "handlers": [], "propagate": True},
        "django.db.backends": {"level": "WARNING"},
    },
}
