#!/bin/sh
# Writes fresh secrets for docker-compose.yml. An existing file is kept: its database was made with its password.
# Usage: make_env.sh FILE
set -eu
target=$1

if [ -e "$target" ]; then
    echo "$target exists and is kept. Remove it (and the database's volume) to have new secrets."
    exit 0
fi

# N bytes of the system's randomness in base64 for URLs (so that they may stand in a connection string).
secret() { head -c "$1" /dev/urandom | base64 | tr '+/' '-_' | tr -d '\n'; }

umask 077
{
    echo "# Secrets of this installation, made by 'make env'. Never commit this file."
    echo "POSTGRES_PASSWORD=$(secret 24)"
    echo "AIRFLOW_FERNET_KEY=$(secret 32)"
    echo "AIRFLOW_API_SECRET_KEY=$(secret 48)"
    echo "AIRFLOW_JWT_SECRET=$(secret 48)"
    echo "AIRFLOW_ADMIN_PASSWORD=$(secret 18)"
    echo "AIRFLOW_UID=$(id -u)"
} > "$target.new"
mv "$target.new" "$target"
echo "Wrote $target. Next: docker compose up --build"
