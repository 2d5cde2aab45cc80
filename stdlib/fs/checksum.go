package fs

import (
	"context"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"hash"
	"io"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
)

type checksumArgs struct {
	Path      string `chaos:"path" doc:"the file; a link is followed" effect:"read"`
	Algorithm string `chaos:"algorithm,named" doc:"sha256, sha512, sha1 or md5" default:"sha256"`
}

func checksumFunc() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "fs.checksum",
		Kind:    types.Probe,
		Summary: "Computes the checksum of a file.",
		Doc: `In lower-case hexadecimal digits, as sha256sum, sha512sum, sha1sum and md5sum print it. The last two tell
accidental changes only.`,
		Example: `probe not-empty = fs.checksum("exchange.dat", algorithm: "md5")
    expect it != "d41d8cd98f00b204e9800998ecf8427e"`,
	}, func(ctx context.Context, env *stdlib.Env, a checksumArgs) (string, error) {
		var sum hash.Hash
		switch a.Algorithm {
		case "sha256":
			sum = sha256.New()
		case "sha512":
			sum = sha512.New()
		case "sha1":
			sum = sha1.New()
		case "md5":
			sum = md5.New()
		default:
			return "", fmt.Errorf("there is no algorithm %q; there are sha256, sha512, sha1 and md5", a.Algorithm)
		}
		f, err := openRegular(env, a.Path)
		if err != nil {
			return "", err
		}
		defer f.Close()
		if _, err := io.Copy(sum, stdlib.ContextReader(ctx, f)); err != nil {
			return "", cannot("read", a.Path, err)
		}
		return hex.EncodeToString(sum.Sum(nil)), nil
	})
}
