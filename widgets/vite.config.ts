import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Every chunk may hold a component, so every chunk says that it runs in the browser too. */
const useClient: Plugin = {
  name: 'use-client',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type === 'chunk') file.code = `'use client'\n${file.code}`
    }
  },
}

/** The entry of the stylesheet leaves an empty script behind. */
const noEmptyChunks: Plugin = {
  name: 'no-empty-chunks',
  generateBundle(_options, bundle) {
    for (const [name, file] of Object.entries(bundle)) {
      if (file.type === 'chunk' && file.facadeModuleId?.endsWith('.css')) delete bundle[name]
    }
  },
}

export default defineConfig({
  plugins: [react(), noEmptyChunks, useClient],
  build: {
    target: 'es2022',
    minify: false,
    cssMinify: 'lightningcss',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    cssCodeSplit: true,
    lib: {
      entry: {
        index: join(import.meta.dirname, 'src/index.ts'),
        styles: join(import.meta.dirname, 'src/styles.css'),
      },
      formats: ['es'],
    },
    rolldownOptions: {
      external: [/^react($|\/)/, /^react-dom($|\/)/, /^@nobishiro\/sdk/, /^@tanstack\//],
      // One file per module: a host's bundler keeps only what its widgets need.
      output: {
        preserveModules: true,
        preserveModulesRoot: join(import.meta.dirname, 'src'),
        entryFileNames: '[name].js',
        assetFileNames: '[name][extname]',
      },
    },
  },
})
