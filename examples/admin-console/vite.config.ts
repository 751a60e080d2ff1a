import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const api = process.env['NOBISHIRO_URL'] ?? 'http://127.0.0.1:4000'

export default defineConfig({
  base: './',
  plugins: [react()],
  // Packages of this repository are used from their sources.
  resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
  build: { target: 'es2022', assetsInlineLimit: 0 },
  server: { proxy: { '/graphql': api, '/session': api } },
})
