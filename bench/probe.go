package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strconv"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib"
	chaoshttp "github.com/chaosc-lang/chaosc/stdlib/http"
)

const probes = 2000 // of a run

func probeItems() []item {
	var all []item
	for _, kind := range []string{"fresh", "kept"} {
		keep := kind == "kept"
		all = append(all, item{
			name: "probe-" + kind, what: "an http probe of a run, connection " + kind, against: "a bare `net/http` loop of the same kind",
			floor: "2 times its time", aim: "1.5 times its time",
			measure: func(b *bench) (result, error) { return probesOfARun(b, kind, keep) },
		}, item{
			name: "get-" + kind, what: "a call of http.get alone, connection " + kind, against: "a bare `net/http` loop of the same kind",
			floor: "–", aim: "–",
			measure: func(b *bench) (result, error) { return callsOfGet(b, keep) },
		})
	}
	return all
}

func server() *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		io.WriteString(w, `{"state": "ok"}`)
	}))
}

// probesOfARun measures whole runs: the start of both programs, the journal
// and the log are in it.
func probesOfARun(b *bench, kind string, keep bool) (result, error) {
	chaosc, err := b.chaosc()
	if err != nil {
		return result{}, err
	}
	bare, err := b.reference("probes")
	if err != nil {
		return result{}, err
	}
	s := server()
	defer s.Close()
	loop := func() (time.Duration, error) {
		cmd := exec.Command(bare, s.URL, strconv.Itoa(probes), kind)
		began := time.Now()
		if out, err := cmd.CombinedOutput(); err != nil {
			return 0, fmt.Errorf("%w\n%s", err, out)
		}
		return time.Since(began), nil
	}
	call := fmt.Sprintf("probe http.get(%q)", s.URL)
	if keep {
		call = fmt.Sprintf("probe http.get(%q, keep-alive: true)", s.URL)
	}
	p, err := pair(b.pairs, loop, b.timedRun(chaosc, looped("Probes", probes, call)))
	p.reference /= probes
	p.candidate /= probes
	return p.slower(), err
}

// callsOfGet measures the function in this process.
func callsOfGet(b *bench, keep bool) (result, error) {
	s := server()
	defer s.Close()
	t := &http.Transport{DisableKeepAlives: !keep}
	defer t.CloseIdleConnections()
	client := &http.Client{Transport: t}
	bare := func() error {
		res, err := client.Get(s.URL)
		if err != nil {
			return err
		}
		_, err = io.ReadAll(res.Body)
		res.Body.Close()
		return err
	}

	var get *stdlib.Function
	for _, f := range chaoshttp.Namespace.Functions() {
		if f.Name() == "http.get" {
			get = f
		}
	}
	params := get.Signature().Params
	args := make([]any, len(params))
	for i, p := range params {
		switch p.Name {
		case "url":
			args[i] = s.URL
		case "keep-alive":
			args[i] = keep
		default:
			args[i] = stdlib.Missing
		}
	}
	env := &stdlib.Env{
		Clock: stdlib.SystemClock{}, Dial: new(net.Dialer).DialContext, VerifyTLS: true,
		Log: func(string, string) {},
	}
	defer env.Close()
	call := func() error {
		bound, err := get.Bind(args)
		if err != nil {
			return err
		}
		_, err = get.Run(context.Background(), env, bound, nil)
		return err
	}
	p, err := pair(b.pairs, timed(300, bare), timed(300, call))
	return p.slower(), err
}
