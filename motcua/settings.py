"""Django's settings, made from motcua.environment."""

from __future__ import annotations

import dj_database_url

from motcua import environment

ENVIRONMENT = environment.read()
BASE_DIR = environment.ROOT
MOTCUA_HOME = ENVIRONMENT.home

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = False
ALLOWED_HOSTS = [host for host in ENVIRONMENT.allowed_hosts if host]
DEMONSTRATION = not ENVIRONMENT.production

INSTALLED_APPS = [
    "office",
    "conversations",
    "knowledge_base",
    "casework",
    "bot",
    "web",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "motcua.urls"
ASGI_APPLICATION = "motcua.asgi.application"
AUTH_USER_MODEL = "office.Staff"
LOGIN_URL = "/desk/sign-in"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/desk/sign-in"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# Writers in several threads meet "database is locked" unless every transaction takes the write lock first.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=wal; PRAGMA synchronous=normal; PRAGMA busy_timeout=5000; "
    # What was erased must not be read from the file's free pages (law 91/2025/QH15 art. 14).
    "PRAGMA secure_delete=on",
}
if ENVIRONMENT.database_url:
    DATABASES = {"default": dj_database_url.parse(ENVIRONMENT.database_url, conn_health_checks=True)}
    # None is open before it is needed: a command of a second opens one.
    DATABASES["default"]["OPTIONS"] = {
        **DATABASES["default"].get("OPTIONS", {}),
        # Seconds: who waits longer for a connection is told so, rather than left before a blank page.
        "pool": {"min_size": 0, "max_size": ENVIRONMENT.database_pool, "timeout": 10},
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(MOTCUA_HOME / "motcua.sqlite3"),
            "OPTIONS": SQLITE_OPTIONS,
            # A file, not memory: threads and the claim need a database that several connections share.
            "TEST": {"NAME": str(MOTCUA_HOME / "test.sqlite3")},
        }
    }

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [BASE_DIR / "web" / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = MOTCUA_HOME / "static"
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = MOTCUA_HOME / "attachments"
RELEASES_ROOT = MOTCUA_HOME / "releases"
RELEASES_KEPT = ENVIRONMENT.releases_kept
DRAFT_DAYS = ENVIRONMENT.draft_days
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "office.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "office.passwords.NotOnlyDigits"},
    {"NAME": "office.passwords.NotCommon"},
    {"NAME": "office.passwords.NotOnesOwn"},
    {"NAME": "office.passwords.NotTheOffice"},
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# Nobody locks an official out from elsewhere, and who is locked out does not lengthen the wait by trying.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = "office.sign_ins.failure_limit"
AXES_COOLOFF_TIME = "office.sign_ins.cool_off"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_LOCKOUT_CALLABLE = "web.desk.sign_in.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
OTP_TOTP_ISSUER = "Mot Cua"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.production
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "web.doors.form_too_old"
# At most, in seconds; the office's own limits (office.sessions) end a session before.
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

KEEP_TRANSCRIPTS = ENVIRONMENT.keep_transcripts
KEEP_PHOTOS = ENVIRONMENT.keep_photos
KEEP_REDACTED = ENVIRONMENT.keep_redacted
SHARED_MINUTES = ENVIRONMENT.shared_minutes

PUBLIC_URL = ENVIRONMENT.public_url
WIDGET_ORIGINS = ENVIRONMENT.widget_origins
TILES = ENVIRONMENT.tiles

# The office's own mail to its staff; without a host none is sent.
EMAIL_HOST, EMAIL_PORT = ENVIRONMENT.mail.host, ENVIRONMENT.mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = ENVIRONMENT.mail.user, ENVIRONMENT.mail.password
EMAIL_USE_SSL, EMAIL_USE_TLS = ENVIRONMENT.mail.is_sealed, ENVIRONMENT.mail.turns_to_tls
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail.sender
ENCODER = ENVIRONMENT.encoder
ENCODER_FOLDER = MOTCUA_HOME / "encoder"
TELEGRAM_TOKEN = ENVIRONMENT.telegram_token
TELEGRAM_BASE_URL = ENVIRONMENT.telegram_base_url
TELEGRAM_DECISION = ENVIRONMENT.telegram_decision
TELEGRAM_WEBHOOK = ENVIRONMENT.telegram_webhook
TELEGRAM_SECRET = ENVIRONMENT.telegram_secret
TELEGRAM_NAME = ENVIRONMENT.telegram_name
ZALO = ENVIRONMENT.zalo
RASA_URL = ENVIRONMENT.rasa_url
RASA_TOKEN = ENVIRONMENT.rasa_token
DOSSIER_URL = ENVIRONMENT.dossier_url
DOSSIER_TOKEN = ENVIRONMENT.dossier_token
JURISDICTION = ENVIRONMENT.jurisdiction
