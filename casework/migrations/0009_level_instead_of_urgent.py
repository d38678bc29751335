from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [('casework', '0008_what_is_known_of_reports')]

    operations = [migrations.RemoveField(model_name='report', name='urgent')]
