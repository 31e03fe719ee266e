# The web app under an address of its own, as static files; relays may be anywhere. The headers are those that attuned
# sends with the app, and that of HTTPS. connect-src names no relay: which one it is, the two who use it decide.

attune.example {
	root * /usr/local/share/attune/web
	file_server {
		precompressed br gzip
	}
	header {
		Content-Security-Policy "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self' https: wss:; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html attune"
		Cross-Origin-Opener-Policy same-origin
		Cross-Origin-Embedder-Policy require-corp
		Cross-Origin-Resource-Policy same-origin
		Permissions-Policy "accelerometer=(self), autoplay=(), bluetooth=(), camera=(self), display-capture=(), geolocation=(), gyroscope=(self), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=()"
		Referrer-Policy no-referrer
		Strict-Transport-Security "max-age=31536000"
		X-Content-Type-Options nosniff
		-Server
	}
	@named_by_content path /assets/*
	@others not path /assets/*
	header @named_by_content Cache-Control "public, max-age=31536000, immutable"
	header @others Cache-Control no-cache
}
