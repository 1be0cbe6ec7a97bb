from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ArchiveConfig(AppConfig):
    name = "dateline.archive"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dateline.archive.sizes import tell

        post_migrate.connect(tell, sender=self)
