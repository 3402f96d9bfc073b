#!/bin/sh
# Makes what compose.yaml mounts as secrets, in docker/secrets or the directory that is named. What is there already stays.
set -eu
umask 077

# Without it an empty key would be written, and kept ever after.
command -v openssl > /dev/null || { echo "secrets.sh: openssl is missing" >&2; exit 1; }

directory=${1:-$(dirname "$0")/secrets}
mkdir -p "$directory"
cd "$directory"

# Writes what it reads under this name, whole or not at all: a file that is begun would be taken for one that is there.
write() {
  cat > "$1.new"
  [ -s "$1.new" ] || { echo "secrets.sh: nothing to write to $1" >&2; exit 1; }
  mv "$1.new" "$1"
}

# The key that the secrets of factors are encrypted with. Without it they are lost: keep a copy, apart from that of the database.
[ -e mfa-keys ] || {
  key=$(openssl rand -base64 32)
  echo "k1:$key" | write mfa-keys
}

[ -e db-password ] || {
  password=$(openssl rand -hex 24)
  echo "$password" | write db-password
}

# Keycloak's own secret options. The administrator is for the first start: make another one then, and delete this one.
[ -e keycloak.conf ] || {
  database=$(cat db-password)
  password=$(openssl rand -hex 24)
  write keycloak.conf <<EOF
db-password=$database
bootstrap-admin-username=admin
bootstrap-admin-password=$password
EOF
}

# For trying it out. In production: the chain and the key of your own name, in one file.
[ -e tls.pem ] || {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost -keyout tls.key -out tls.crt 2>/dev/null
  cat tls.crt tls.key | write tls.pem
  rm tls.key
}

# Who reads them in the containers, and never root: Keycloak's image runs as any user of group 0.
user=$(id -u)
if [ "$user" = 0 ]; then
  user=1000
  chown -R "$user" .
fi
echo "SALLYPORT_USER=$user" | write .env
