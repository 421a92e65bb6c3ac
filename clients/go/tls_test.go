// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

package strata

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	decodingv1 "github.com/strata-decoding/strata/clients/go/gen/strata/decoding/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

func TestConnect_TLSWithClientCertificate_ReachesTheServer(t *testing.T) {
	address, pair := serveTLS(t)
	client, err := Connect(address, WithTLS(pair.certFile), WithClientCertificate(pair.certFile, pair.keyFile), WithAPIKey("secret"))
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	answer, err := client.Decode(context.Background(), "a")
	if err != nil || answer.RequestId != "Bearer secret" {
		t.Fatal(answer, err)
	}
}

func TestConnect_TLSWithoutTrust_IsUnavailable(t *testing.T) {
	address, pair := serveTLS(t)
	for name, options := range map[string][]ConnectOption{
		"no client certificate": {WithTLS(pair.certFile)},
		"unknown authority":     {WithTLS(selfSigned(t).certFile), WithClientCertificate(pair.certFile, pair.keyFile)},
		"authority unnamed":     {WithTLS(""), WithClientCertificate(pair.certFile, pair.keyFile)},
		"plain text":            {},
	} {
		client, err := Connect(address, options...)
		if err != nil {
			t.Fatal(name, err)
		}
		defer client.Close()
		if _, err := client.Decode(context.Background(), "a"); status.Code(err) != codes.Unavailable {
			t.Error(name, err)
		}
	}
}

func TestConnect_BadFiles_AreRefused(t *testing.T) {
	pair := selfSigned(t)
	for name, options := range map[string][]ConnectOption{
		"certificate without TLS": {WithClientCertificate(pair.certFile, pair.keyFile)},
		"no CA file":              {WithTLS("absent.pem")},
		"a CA file that is a key": {WithTLS(pair.keyFile)},
		"no client key":           {WithTLS(pair.certFile), WithClientCertificate(pair.certFile, "absent.pem")},
	} {
		if client, err := Connect("127.0.0.1:1", options...); err == nil {
			client.Close()
			t.Error("accepted:", name)
		}
	}
}

// serveTLS starts a server that demands a client certificate and answers with the key it saw. One certificate serves
// as authority, as the server's and as the client's.
func serveTLS(t *testing.T) (address string, pair pemFiles) {
	t.Helper()
	pair = selfSigned(t)
	certificate, err := tls.LoadX509KeyPair(pair.certFile, pair.keyFile)
	if err != nil {
		t.Fatal(err)
	}
	authorities := x509.NewCertPool()
	authorities.AppendCertsFromPEM(read(t, pair.certFile))
	security := credentials.NewTLS(&tls.Config{
		Certificates: []tls.Certificate{certificate}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: authorities,
	})
	server := &foreign{decode: func(ctx context.Context, _ *decodingv1.DecodeRequest) (*decodingv1.DecodeResponse, error) {
		given, _ := metadata.FromIncomingContext(ctx)
		return &decodingv1.DecodeResponse{RequestId: given.Get("authorization")[0]}, nil
	}}
	return serve(t, func(host *grpc.Server) { decodingv1.RegisterDecodingServiceServer(host, server) }, grpc.Creds(security)), pair
}

type pemFiles struct{ certFile, keyFile string }

func selfSigned(t *testing.T) pemFiles {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	write := func(name, kind string, data []byte) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: data}), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	return pemFiles{write("cert.pem", "CERTIFICATE", certificate), write("key.pem", "PRIVATE KEY", private)}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
