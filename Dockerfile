# Any service as an image, for teams that must not deploy zip files; docs/image.md says how. What runs is the same bundle, in Lambda's own base image.
FROM node:24-slim AS build
WORKDIR /firn
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY events events
COPY shared shared
COPY services services
COPY infra/bundle infra/bundle
COPY infra/tools/bundle.ts infra/tools/bundle.ts
ARG SERVICE
RUN node infra/tools/bundle.ts "$SERVICE" /out && mv "/out/$SERVICE" /out/function

FROM public.ecr.aws/lambda/nodejs:24
COPY --from=build /out/function/ ${LAMBDA_TASK_ROOT}/
CMD ["index.handler"]
