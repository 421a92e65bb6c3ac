// Copyright 2026 The Strata Authors. Licensed under the Apache License, Version 2.0.

package strata

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	_ "embed" // for serviceConfig
	"fmt"
	"os"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
)

// serviceConfig retries the idempotent unary calls on UNAVAILABLE, four attempts in all, and never a stream.
//
//go:embed service_config.json
var serviceConfig string

// ConnectOption says how a client connects.
type ConnectOption func(*connectSettings)

type connectSettings struct {
	tls         bool
	caFile      string
	certFile    string
	keyFile     string
	apiKey      string
	deadline    time.Duration
	dialOptions []grpc.DialOption
}

// WithTLS encrypts the connection. The server's certificate must be signed by an authority in caFile (PEM), or, if
// caFile is empty, by one that the system trusts. Without this option the connection is plain text.
func WithTLS(caFile string) ConnectOption {
	return func(s *connectSettings) { s.tls, s.caFile = true, caFile }
}

// WithClientCertificate shows a certificate and its key (PEM files) to the server. Only with WithTLS.
func WithClientCertificate(certFile, keyFile string) ConnectOption {
	return func(s *connectSettings) { s.certFile, s.keyFile = certFile, keyFile }
}

// WithAPIKey sends the metadata "authorization: Bearer key" with every call. Without TLS the key travels in the clear.
func WithAPIKey(key string) ConnectOption {
	return func(s *connectSettings) { s.apiKey = key }
}

// DefaultDeadline bounds each unary call whose context has no deadline, unless WithDefaultDeadline says otherwise.
const DefaultDeadline = 30 * time.Second

// WithDefaultDeadline replaces DefaultDeadline; 0 is no bound. Streams end with their context only.
func WithDefaultDeadline(deadline time.Duration) ConnectOption {
	return func(s *connectSettings) { s.deadline = deadline }
}

// WithDialOptions hands further options to grpc, such as interceptors.
func WithDialOptions(options ...grpc.DialOption) ConnectOption {
	return func(s *connectSettings) { s.dialOptions = append(s.dialOptions, options...) }
}

// connection is what both clients stand on.
type connection struct {
	conn     *grpc.ClientConn
	deadline time.Duration
}

// connect prepares a connection; it is made at the first call and made anew when it breaks.
func connect(address string, options []ConnectOption) (*connection, error) {
	settings := connectSettings{deadline: DefaultDeadline}
	for _, option := range options {
		option(&settings)
	}
	transport, err := settings.transport()
	if err != nil {
		return nil, err
	}
	dial := []grpc.DialOption{transport, grpc.WithDefaultServiceConfig(serviceConfig)}
	if settings.apiKey != "" {
		dial = append(dial, grpc.WithPerRPCCredentials(bearerKey(settings.apiKey)))
	}
	conn, err := grpc.Dial(address, append(dial, settings.dialOptions...)...)
	if err != nil {
		return nil, fmt.Errorf("strata: cannot use the address %q: %w", address, err)
	}
	return &connection{conn, settings.deadline}, nil
}

// Close ends the connection and every call on it.
func (c *connection) Close() error { return c.conn.Close() }

func (s *connectSettings) transport() (grpc.DialOption, error) {
	if !s.tls {
		if s.certFile != "" {
			return nil, fmt.Errorf("strata: a client certificate needs TLS: add WithTLS")
		}
		return grpc.WithInsecure(), nil // insecure.NewCredentials is newer than the oldest grpc supported here
	}
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if s.caFile != "" {
		pem, err := os.ReadFile(s.caFile)
		if err != nil {
			return nil, fmt.Errorf("strata: cannot read the CA file: %w", err)
		}
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("strata: the CA file %q holds no PEM certificate", s.caFile)
		}
	}
	if s.certFile != "" {
		certificate, err := tls.LoadX509KeyPair(s.certFile, s.keyFile)
		if err != nil {
			return nil, fmt.Errorf("strata: cannot use the client certificate: %w", err)
		}
		config.Certificates = []tls.Certificate{certificate}
	}
	return grpc.WithTransportCredentials(credentials.NewTLS(config)), nil
}

// bearerKey is an API key as call credentials.
type bearerKey string

func (k bearerKey) GetRequestMetadata(context.Context, ...string) (map[string]string, error) {
	return map[string]string{"authorization": "Bearer " + string(k)}, nil
}

// RequireTransportSecurity is false: behind a sidecar or on loopback plain text is customary.
func (k bearerKey) RequireTransportSecurity() bool { return false }
