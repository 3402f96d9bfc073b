#!/bin/sh
# Makes what compose.yaml mounts as secrets, in docker/secrets or the directory that is named. What is there already stays.
set -eu
umask 077
directory=${1:-$(dirname "$0")/secrets}
mkdir -p "$directory"
cd "$directory"

# The key that the secrets of factors are encrypted with. Without it they are lost: keep a copy, apart from that of the database.
[ -e mfa-keys ] || echo "k1:$(openssl rand -base64 32)" > mfa-keys

[ -e db-password ] || openssl rand -hex 24 > db-password

# Keycloak's own secret options. The administrator is for the first start: make another one then, and delete this one.
[ -e keycloak.conf ] || cat > keycloak.conf <<EOF
db-password=$(cat db-password)
bootstrap-admin-username=admin
bootstrap-admin-password=$(openssl rand -hex 24)
EOF

# For trying it out. In production: the chain and the key of your own name, in one file.
[ -e tls.pem ] || {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost -keyout tls.key -out tls.crt 2>/dev/null
  cat tls.crt tls.key > tls.pem
  rm tls.key
}

# Who reads them in the containers, and never root: Keycloak's image runs as any user of group 0.
user=$(id -u)
if [ "$user" = 0 ]; then
  user=1000
  chown -R "$user" .
fi
echo "SALLYPORT_USER=$user" > .env
