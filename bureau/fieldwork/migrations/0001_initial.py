import bureau.fieldwork.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from bureau.migrating import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('bureau', '0005_management_system'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        CreateModels([
        migrations.CreateModel(
            name='FieldDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('client_id', models.UUIDField(editable=False, unique=True)),
                ('form_key', models.CharField(editable=False, max_length=50)),
                ('started_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='filled in by')),
                ('state', models.CharField(choices=[('open', 'Being filled in'), ('submitted', 'Submitted'), ('discarded', 'Discarded')], default='open', max_length=20, verbose_name='state')),
                ('started_at', models.DateTimeField(auto_now_add=True, verbose_name='begun at')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='changed at')),
                ('submitted_at', models.DateTimeField(null=True, verbose_name='submitted at')),
                ('result_type', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('result_id', models.PositiveBigIntegerField(null=True)),
            ],
            options={
                'verbose_name': 'field form being filled in',
                'verbose_name_plural': 'field forms being filled in',
                'ordering': ['-changed_at', '-pk'],
                'default_permissions': ('view', 'add', 'change'),
                'indexes': [models.Index(fields=['started_by', 'state'], name='fieldwork_draft_own')],
            },
        ),
        migrations.CreateModel(
            name='FieldPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='fieldwork.fielddraft')),
                ('client_id', models.UUIDField()),
                ('row', models.CharField(blank=True, max_length=100)),
                ('file', models.FileField(upload_to=bureau.fieldwork.models.photo_path)),
                ('name', models.CharField(max_length=200, verbose_name='file name')),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name': 'photo of a field form',
                'verbose_name_plural': 'photos of field forms',
                'ordering': ['pk'],
                'default_permissions': ('view', 'add', 'change'),
                'constraints': [models.UniqueConstraint(fields=('draft', 'client_id'), name='fieldwork_fieldphoto_once', violation_error_message='This photo is here already.')],
            },
        ),
        migrations.CreateModel(
            name='FieldValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='values', to='fieldwork.fielddraft')),
                ('name', models.CharField(max_length=150)),
                ('value', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('edit', models.UUIDField()),
            ],
            options={
                'verbose_name': 'value of a field form',
                'verbose_name_plural': 'values of field forms',
                'default_permissions': ('view', 'add', 'change'),
                'constraints': [models.UniqueConstraint(fields=('draft', 'name'), name='fieldwork_fieldvalue_once', violation_error_message='This field already has a value.')],
            },
        ),
        ]),
    ]
