import { context, propagation, type Span, SpanKind, SpanStatusCode, trace as traces } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import type { Note, Trace } from '../shared/trace.ts'

/** What waits to be sent is given this long when the server stops. */
const LAST_MS = 2_000

export type Tracing = { trace: Trace; close(): Promise<void> }

/** Spans to where the usual variables of OpenTelemetry say. Of what fails the kind is told, and no message: it might quote a value. */
export function createTracing(): Tracing {
  const provider = new NodeTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': 'nobishiro' }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ timeoutMillis: LAST_MS }))],
  })
  provider.register()
  const tracer = provider.getTracer('nobishiro')

  return {
    trace: (work, run) => {
      const parent = work.headers
        ? propagation.extract(context.active(), work.headers, {
            get: (from, key) => from.get(key) ?? undefined,
            keys: (from) => [...from.keys()],
          })
        : context.active()
      const options = {
        kind: work.headers ? SpanKind.SERVER : SpanKind.INTERNAL,
        ...(work.attributes && { attributes: work.attributes() }),
      }
      return tracer.startActiveSpan(work.name, options, parent, (span) => ended(span, run))
    },
    close: async () => {
      await Promise.race([
        provider.shutdown().catch(() => {}), // nobody collects: the exporter has logged it
        new Promise<void>((done) => void setTimeout(done, LAST_MS).unref()),
      ])
      for (const registered of [context, propagation, traces]) registered.disable()
    },
  }
}

async function ended<T>(span: Span, run: (note: Note) => Promise<T>): Promise<T> {
  try {
    return await run((attributes) => void span.setAttributes(attributes))
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR })
    span.setAttribute('error.type', kindOf(error))
    throw error
  } finally {
    span.end()
  }
}

/** A code that is ours or the database's, or the class. */
function kindOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown }
  return [code, name].find((each): each is string => typeof each === 'string' && /^\w{1,64}$/.test(each)) ?? 'Error'
}
