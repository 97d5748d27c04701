# One image for web, worker and migrate; the command picks: plus1 serve | worker | migrate.
# Styles and islands are built in a stage of their own, so that the image holds no Node.
FROM docker.io/library/node:24-bookworm-slim AS web
WORKDIR /build/webui
COPY webui/package.json webui/package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
COPY webui/vite.config.js ./
COPY webui/islands ./islands
COPY webui/themes ./themes
RUN npm run build

FROM docker.io/library/python:3.13-slim-bookworm AS packages
COPY requirements.lock /
RUN python -m venv /opt/plus1/.venv \
 && /opt/plus1/.venv/bin/pip install --no-cache-dir --require-hashes -r /requirements.lock

FROM docker.io/library/python:3.13-slim-bookworm
LABEL org.opencontainers.image.title="Plus-1" \
      org.opencontainers.image.licenses="EUPL-1.2"
RUN useradd --system --create-home --home-dir /var/lib/plus1 --uid 10001 plus1
COPY --from=packages /opt/plus1/.venv /opt/plus1/.venv
WORKDIR /opt/plus1
COPY .ci/link.py .ci/link.py
COPY bpmn bpmn
COPY tenants tenants
COPY engine engine
COPY api api
COPY webui webui
COPY --from=web /build/webui/dist webui/dist
RUN .venv/bin/python .ci/link.py \
 && .venv/bin/pybabel -q compile -d webui/translations \
 && .venv/bin/python -m compileall -q bpmn tenants engine api webui
ENV PATH="/opt/plus1/.venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    PLUS1_HOST=0.0.0.0 \
    PLUS1_DATA_DIR=/var/lib/plus1 \
    PLUS1_LOG_JSON=yes
USER plus1
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/v1/openapi.json', timeout=2)"]
ENTRYPOINT ["plus1"]
CMD ["serve"]
