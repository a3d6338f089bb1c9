#!/bin/sh
# Writes fresh secrets for docker-compose.yml. An existing file is kept: its database was made with its password.
# Usage: make_env.sh FILE
set -eu
target=$1

# N bytes of the system's randomness in base64 for URLs (so that they may stand in a connection string).
secret() { head -c "$1" /dev/urandom | base64 | tr '+/' '-_' | tr -d '\n'; }

umask 077
if [ -e "$target" ]; then
    # Made before there was a queue: its other secrets stay, the database was made with them.
    grep -q '^REDIS_PASSWORD=' "$target" || echo "REDIS_PASSWORD=$(secret 24)" >> "$target"
    echo "$target exists and is kept. Remove it (and the volumes) to have new secrets."
    exit 0
fi

{
    echo "# Secrets of this installation, made by 'make env'. Never commit this file."
    echo "POSTGRES_PASSWORD=$(secret 24)"
    echo "REDIS_PASSWORD=$(secret 24)"
    echo "AIRFLOW_FERNET_KEY=$(secret 32)"
    echo "AIRFLOW_API_SECRET_KEY=$(secret 48)"
    echo "AIRFLOW_JWT_SECRET=$(secret 48)"
    echo "AIRFLOW_ADMIN_PASSWORD=$(secret 18)"
    echo "AIRFLOW_UID=$(id -u)"
} > "$target.new"
mv "$target.new" "$target"
echo "Wrote $target. Next: docker compose up --build"
