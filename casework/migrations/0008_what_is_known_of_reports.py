from django.db import migrations, models


ACTS = {
    'new': 'filed', 'taken_in': 'taken_in', 'in_progress': 'started', 'answered': 'answered', 'refused': 'refused',
}


def keep_what_is_known(apps, schema_editor):
    Report, Step = apps.get_model('casework', 'Report'), apps.get_model('casework', 'ReportStep')
    Report.objects.filter(urgent=True).update(level='urgent')
    for report in Report.objects.filter(kind='service', named_unit=None).exclude(ward=None).exclude(ward=models.F('unit')):
        Report.objects.filter(pk=report.pk).update(named_unit=report.ward_id)
    first = set(Step.objects.values('report').annotate(first=models.Min('id')).values_list('first', flat=True))
    for step in Step.objects.iterator():
        act = ACTS[step.state] if not step.note or step.state in ('answered', 'refused') else 'noted'
        act = 'forwarded' if step.note.startswith('Chuyển đến ') else act
        act = 'position_removed' if step.note.startswith('Người gửi rút lại đồng ý') else act
        Step.objects.filter(pk=step.pk).update(act='filed' if step.pk in first else act, by_citizen=step.pk in first)
    for state, field in (('taken_in', 'taken_in_at'), ('answered', 'answered_at')):
        for step in Step.objects.filter(act=state).iterator():
            Report.objects.filter(pk=step.report_id).update(**{field: step.at})


class Migration(migrations.Migration):
    dependencies = [('casework', '0007_reports_whole_life')]

    operations = [migrations.RunPython(keep_what_is_known, migrations.RunPython.noop)]
