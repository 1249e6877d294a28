# Built code and the packages of production alone, on a Debian without tools: the same C library that the tests run on.
ARG NODE=node:22-bookworm-slim

FROM ${NODE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM ${NODE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json ./
COPY apps apps
COPY libs libs
RUN npm run build

FROM ${NODE}
ENV NODE_ENV=production \
    LEADLEDGER_HOST=0.0.0.0 \
    LEADLEDGER_DATA=/data
WORKDIR /app
# A volume that is mounted here first belongs to who it belongs to in the image.
RUN install -d -o node -g node -m 700 /data
COPY package.json LICENSE ./
COPY apps/launcher/check-health.mjs ./
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["node", "check-health.mjs"]
# The api; a worker is dist/apps/worker/src/main.js. Either ends in good order within 20 s of SIGTERM.
CMD ["node", "dist/apps/api/src/main.js"]
