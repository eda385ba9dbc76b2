"""The one settings file: everything that differs between offices comes from the environment (docs/operations.md)."""

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from bureau import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("BUREAU_DATA_DIR") or BASE_DIR / "var").resolve()

DEBUG = env.flag("DEBUG")
TESTING = env.flag("BUREAU_TESTING")

if DEBUG:
    SECRET_KEY = env.text("SECRET_KEY", "for-trying-only-" + "0123456789" * 5)
    ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]", "testserver"]
    DATABASE_URL = env.text("DATABASE_URL")
else:
    SECRET_KEY = env.required("SECRET_KEY", "a secret of 50 characters or more that signs sessions")
    env.required("ALLOWED_HOSTS", "the host names that browsers use, separated by commas")
    ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
    DATABASE_URL = env.required("DATABASE_URL", "for example postgres://user:password@host/bureau, or sqlite")

# SQLite has no columns beside the key in an index and leaves them out; there the tables are small.
SILENCED_SYSTEM_CHECKS = ["models.W040"]
INSTALLED_APPS = [
    "inspections",
    "enterprises",
    "standards",
    "bureau.reminders",
    "bureau.due",
    "bureau.reporting",
    "bureau.exchange",
    "bureau.fieldwork",
    "bureau.jobs",
    "bureau",
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "unfold.contrib.simple_history",
    "bureau.admin_app.BureauAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "simple_history",
    "django_tasks",
    "django_tasks_db",
    "bureau.admin_app.FailedLoginsConfig",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "csp",
    "crispy_forms",
    "ninja",  # for the static files of its page, which otherwise come from another host
]
if TESTING:
    INSTALLED_APPS.insert(0, "benchmarks")  # trial records, to measure and to test the exchange with

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "bureau.middleware.AccountDuties",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
    "bureau.middleware.Mishaps",
]

CRISPY_TEMPLATE_PACK = "unfold_crispy"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["unfold_crispy"]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
ROOT_URLCONF = "bureau.urls"
WSGI_APPLICATION = "bureau.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Databases ---------------------------------------------------------------------------------------

SQLITE_URLS = {"", "sqlite", "sqlite:", "sqlite://"}
database: dict[str, Any]
if DATABASE_URL in SQLITE_URLS:
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA_DIR / "bureau.sqlite3"}
else:
    database = dict(dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True))

if database["ENGINE"].endswith("sqlite3"):
    # WAL lets readers work beside the one writer; IMMEDIATE makes a writer wait for its turn at the start of its
    # transaction instead of failing in the middle.
    database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    # A statement of figures has hundreds of expressions: compiling them takes longer than reading the rows.
    options = database.setdefault("OPTIONS", {})
    options["options"] = " ".join(filter(None, [options.get("options"), "-c jit=off"]))
DATABASES = {"default": database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Files -------------------------------------------------------------------------------------------

MEDIA_ROOT = DATA_DIR / "files"  # never served by URL: attachments and results pass through scoped views
STATIC_URL = "/static/"
# With DEBUG the files are served from where they are, so there is no place to collect them in.
STATIC_ROOT = None if DEBUG else Path(env.text("STATIC_ROOT") or BASE_DIR / "staticfiles")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "bureau.static_files.StaticFiles"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG and not TESTING
ATTACHMENT_MAX_BYTES = env.whole("ATTACHMENT_MAX_MB", 20) * 1024 * 1024
FIELD_PHOTO_MAX_BYTES = env.whole("FIELD_PHOTO_MAX_MB", 15) * 1024 * 1024
IMPORT_MAX_BYTES = env.whole("IMPORT_MAX_MB", 50) * 1024 * 1024
IMPORT_MAX_UNPACKED_BYTES = env.whole("IMPORT_MAX_UNPACKED_MB", 500) * 1024 * 1024
IMPORT_MAX_ROWS = env.whole("IMPORT_MAX_ROWS", 200_000)
IMPORT_MAX_COLUMNS = env.whole("IMPORT_MAX_COLUMNS", 500)
# "All rows or none" holds one transaction, for which everybody waits on SQLite.
IMPORT_WHOLE_MAX_ROWS = env.whole("IMPORT_WHOLE_MAX_ROWS", 20_000)
# Uploaded files that nobody went on to import are deleted after so many days.
IMPORT_DRAFT_DAYS = env.whole("IMPORT_DRAFT_DAYS", 30)
# Longer files get their preview from a worker.
IMPORT_PREVIEW_AT_ONCE = env.whole("IMPORT_PREVIEW_AT_ONCE_ROWS", 20_000)
# The effect on the figures is not worked out for longer files.
EFFECTS_MAX_ROWS = env.whole("EFFECTS_MAX_ROWS", 100_000)
# Larger workbooks come back rebuilt: so many cells take openpyxl 170 MB and ten seconds.
IMPORT_OWN_LAYOUT_MAX_CELLS = env.whole("IMPORT_OWN_LAYOUT_MAX_CELLS", 300_000)
# Longer lists are exported by a worker.
EXPORT_AT_ONCE_ROWS = env.whole("EXPORT_AT_ONCE_ROWS", 5_000)
# A page that is edited in a browser never needs more; Excel files have their own limit above.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Accounts ----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "bureau.Staff"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = reverse_lazy("admin:login")
LOGIN_REDIRECT_URL = reverse_lazy("admin:index")
SESSION_COOKIE_AGE = env.whole("IDLE_TIMEOUT_MINUTES", 60) * 60
SESSION_SAVE_EVERY_REQUEST = False  # an idle time-out: bureau.middleware.AccountDuties renews the session
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
AXES_FAILURE_LIMIT = env.whole("LOGIN_FAILURE_LIMIT", 5)
AXES_COOLOFF_TIME = env.whole("LOGIN_LOCK_MINUTES", 15) / 60  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "bureau.views.accounts.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # so that the waiting time that the page names holds
AXES_CLIENT_IP_CALLABLE = "bureau.operations.address_of"  # the same address as in the operations log
AXES_SENSITIVE_PARAMETERS = ["otp_token", "kept"]  # never stored beside a failed login; the password never is
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True  # the operations log keeps the logins
OTP_TOTP_ISSUER = "Bureau"
OTP_REQUIRED_ROLES = env.words("OTP_REQUIRED_ROLES")

# Safety ------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, UNSAFE_EVAL],  # the admin skin's Alpine.js evaluates its attributes
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
CSRF_FAILURE_VIEW = "bureau.views.kept_form.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
BEHIND_PROXY = env.flag("BEHIND_PROXY")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
if not DEBUG:
    # An intranet without certificates sets INSECURE_HTTP=1 and knows what it gives up.
    https = not env.flag("INSECURE_HTTP")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = https
    SECURE_HSTS_SECONDS = 31_536_000 if https else 0
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = https
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None

# Language, time, numbers -------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "skin"]  # docs/decisions/060-language.md
FORMAT_MODULE_PATH = ["bureau.formats"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

# Mail: without a server none is sent --------------------------------------------------------------

EMAIL_HOST = env.text("MAIL_HOST")
EMAIL_PORT = env.whole("MAIL_PORT", 25)
EMAIL_HOST_USER = env.text("MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("MAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("MAIL_STARTTLS")
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM") or "bureau@localhost"
PUBLIC_URL = env.text("PUBLIC_URL")  # for links in mails, which no request tells

# Long work ---------------------------------------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
JOB_HEARTBEAT_SECONDS = env.whole("JOB_HEARTBEAT_SECONDS", 60)

# Re-examination is applied for half a year before a certificate runs out (JJF 1033); one level warns before that.
DUE_WARNING_MONTHS = env.wholes("DUE_WARNING_MONTHS", "12,6,3")
# What the figure of certificates that run out counts: six months in the year-end summary.
EXPIRING_MONTHS = env.whole("EXPIRING_MONTHS", 6)
# A local specification is reviewed so many years after it came into force or was last reviewed.
SPECIFICATION_REVIEW_YEARS = env.whole("SPECIFICATION_REVIEW_YEARS", 5)

SIMPLE_HISTORY_REVERT_DISABLED = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_keys": {"()": "bureau.logs.WithoutKeys"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["without_keys"]}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO" if not DEBUG else "WARNING")},
    "loggers": {
        "axes": {"level": "ERROR"},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django_tasks": {"level": "WARNING"},
    },
}


def _static(path):
    from django.templatetags.static import static

    return static(path)


UNFOLD = {
    "SITE_TITLE": _("Metrology bureau"),
    "SITE_HEADER": _("Metrology bureau"),
    "SITE_SUBHEADER": _("Records and figures"),
    "SITE_SYMBOL": "balance",
    "SITE_URL": None,
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda request: _static("bureau/icon.svg")}],
    "SHOW_LANGUAGES": True,
    "SHOW_BACK_BUTTON": True,
    "SHOW_VIEW_ON_SITE": False,
    "STYLES": [lambda request: _static("bureau/bureau.css")],
    "SCRIPTS": [lambda request: _static("bureau/entry.js"), lambda request: _static("bureau/choices.js")],
    "ENVIRONMENT": "bureau.site.environment_badge",
    "SIDEBAR": {"show_search": False, "navigation": "bureau.site.navigation"},
    "LOGIN": {"form": "bureau.forms.LoginForm"},
    "ACCOUNT": {
        "navigation": [
            {"title": _("Change password"), "link": reverse_lazy("accounts:password")},
            {"title": _("One-time codes"), "link": reverse_lazy("accounts:totp")},
        ]
    },
    "COLORS": {
        "primary": {
            "50": "oklch(97% .014 240)",
            "100": "oklch(94% .03 240)",
            "200": "oklch(89% .06 240)",
            "300": "oklch(81% .1 240)",
            "400": "oklch(71% .14 243)",
            "500": "oklch(61% .16 246)",
            "600": "oklch(53% .16 250)",
            "700": "oklch(46% .14 252)",
            "800": "oklch(39% .11 253)",
            "900": "oklch(34% .08 255)",
            "950": "oklch(26% .06 258)",
        }
    },
}
