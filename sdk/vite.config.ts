import { defineConfig } from 'vite'

export default defineConfig({
  build: {
    target: 'es2022',
    minify: false,
    lib: {
      entry: { index: 'src/index.ts', server: 'src/server.ts', 'sandbox/index': 'src/sandbox/index.ts' },
      formats: ['es'],
    },
    rolldownOptions: { output: { chunkFileNames: 'shared/[name]-[hash].js' } },
  },
})
