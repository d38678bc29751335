from django.db import migrations, models

TAKES_IN_HAND = ('taken_in', 'classified', 'started', 'answered', 'refused')


def give_holders(apps, schema_editor):
    """Open reports are held by whoever acted on them last, unless they were passed on since."""
    Report, ReportStep = apps.get_model('casework', 'Report'), apps.get_model('casework', 'ReportStep')
    steps = ReportStep.objects.filter(report=models.OuterRef('pk'), act__in=(*TAKES_IN_HAND, 'forwarded'))
    last = steps.order_by('-id')
    open_ones = Report.objects.filter(state__in=('taken_in', 'classified', 'with_unit', 'in_progress'))
    held = open_ones.annotate(last=models.Subquery(last.values('act')[:1])).exclude(last='forwarded')
    held.update(holder=models.Subquery(last.values('actor')[:1]))


class Migration(migrations.Migration):
    dependencies = [('casework', '0021_work_in_queues')]

    operations = [migrations.RunPython(give_holders, migrations.RunPython.noop)]
