# Airflow with Conflict Events, from the same locks as a checkout's .venv. Used by docker-compose.yml.
FROM python:3.12.12-slim-bookworm

ENV PYTHONUNBUFFERED=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    AIRFLOW_HOME=/opt/airflow \
    CAMELTOOLS_DATA=/opt/conflict-events/include/camel_tools

WORKDIR /opt/conflict-events

# The locks first: this layer is made again only when they change.
COPY requirements.txt requirements-postgres.txt requirements-celery.txt ./
RUN pip install --require-hashes --no-deps --only-binary :all: \
    -r requirements.txt -r requirements-postgres.txt -r requirements-celery.txt

COPY pyproject.toml ./
COPY plugins ./plugins
COPY dags ./dags
COPY include ./include
COPY scripts/make_pools.sh ./scripts/
# Editable: the package lies in plugins/ only, where Airflow finds it, too. A copy of it would be a second one.
RUN pip install --no-build-isolation --no-deps --no-index --editable .

# Nothing runs as root. The folders exist before volumes are mounted on them, so that they belong to this user.
RUN useradd --uid 50000 --create-home airflow \
    && mkdir -p /opt/airflow/logs /opt/data \
    && chown -R airflow:airflow /opt/airflow /opt/data
USER airflow

ENTRYPOINT ["python", "-m", "airflow"]
CMD ["version"]
