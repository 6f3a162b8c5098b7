import { createPinia } from 'pinia'
import { createApp } from 'vue'
import './styles/tokens.css'
import './styles/base.css'
import './styles/print.css'
import { watchConnection } from './api/guarded-fetch.ts'
import App from './app.vue'
import { ignoreHeldEnter } from './composables/use-keys.ts'
import { fetchPageAhead, router } from './router/index.ts'
import { useAppearance } from './stores/appearance.ts'
import { useSession } from './stores/session.ts'
import { useWaiting } from './stores/waiting.ts'

fetchPageAhead()
const app = createApp(App).use(createPinia())
const session = useSession()
const appearance = useAppearance()
const waiting = useWaiting()
watchConnection({
  renew: () => session.renew(),
  onReach: (reached) => {
    appearance.online = reached
  },
  onChange: () => waiting.changed(),
})
ignoreHeldEnter()
app.use(router).mount('#app')
