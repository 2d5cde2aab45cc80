package diag

// startCodes are the mistakes that are seen when a run begins: in what an
// experiment gets from outside, and in what is computed from it.
var startCodes = []Code{
	{"E0601", "value that must be given",
		"An entry of config or of secrets without `=` has no value of its own. It is given by `--var name=value`, or in a JSON or YAML file by `--var-file`; a secret is named `group.name`.",
		`experiment "example" {
    config {
        shop: string
    }
    method {
        probe http.get(shop)
    }
}`,
		`experiment "example" {
    config {
        shop = "http://localhost:8000"
    }
    method {
        probe http.get(shop)
    }
}`},
	{"E0602", "environment variable that is not set",
		"`env` without a default needs the variable. An .env file that is given by `--var-file` sets variables too.",
		`experiment "example" {
    config {
        shop = env("SHOP_URL")
    }
    method {
        probe http.get(shop)
    }
}`,
		`experiment "example" {
    config {
        shop = env("SHOP_URL", default: "http://localhost:8000")
    }
    method {
        probe http.get(shop)
    }
}`},
	{"E0603", "file whose text cannot be read",
		"`file` reads the text of a file, of at most 16 MiB, before the run. Its path is relative to the working directory, which `-C` changes.",
		`experiment "example" {
    config {
        greeting = file("no such file")
    }
    method {
        log greeting
    }
}`,
		""},
	{"E0604", "value from outside that has another type",
		"What comes from the environment, a file or the command line is a text. It is converted to the declared type; without one, to that of the default. A duration is written as 250ms, a size as 64KiB, a list as JSON.",
		`experiment "example" {
    config {
        rest: duration = env("REST")    // REST=2
    }
    method {
        pause rest
    }
}`,
		`experiment "example" {
    config {
        rest: duration = env("REST")    // REST=2s
    }
    method {
        pause rest
    }
}`},
	{"E0605", "unknown name of --var",
		"`--var` gives a value to an entry of config by its name, or to a secret by group and name, as `api.token`. None of the experiments that are to be run has one of that name.",
		"", ""},
	{"E0606", "value that cannot be computed",
		"The value of a constant, or of an entry of config or secrets, follows from others, and computing it fails with what these are in this run.",
		`experiment "example" {
    config {
        users: int = env("USERS", default: 0)
        share = 100 / users
    }
    method {
        log "${share}"
    }
}`,
		`experiment "example" {
    config {
        users: int = env("USERS", default: 10)
        share = 100 / users
    }
    method {
        log "${share}"
    }
}`},
	{"E0607", "probe of config that failed",
		"Probe calls in config are made once, before the run. One that fails leaves its entry without a value, so that nothing is run.",
		`experiment "example" {
    config {
        size = fs.size("no such file")
    }
    method {
        log "${size}"
    }
}`,
		""},
	{"E0608", "time or number that makes no sense",
		"The value that an entry from outside gives to a time or a number of the experiment is out of range: `within`, `every` and a timeout are more than 0s, a pause or a number of rounds is not negative.",
		`experiment "example" {
    config {
        rest = env("REST", default: -1s)
    }
    method {
        pause rest
    }
}`,
		`experiment "example" {
    config {
        rest = env("REST", default: 1s)
    }
    method {
        pause rest
    }
}`},
	{"E0609", "for over what is no list",
		"The list of a `for` is of type any, and in this run it is neither a list nor a range of ints.",
		`experiment "example" {
    config {
        hosts: any = env("HOSTS", default: "one")
    }
    method {
        for host in hosts {
            log "${host}"
        }
    }
}`,
		`experiment "example" {
    config {
        hosts: list<string> = env("HOSTS", default: ["one"])
    }
    method {
        for host in hosts {
            log "${host}"
        }
    }
}`},
	{"W0601", "unknown name in a file of values",
		"A file of `--var-file` may serve several experiments, so that a name which none of those to be run asks for is no error; it may be a slip.",
		"", ""},
}
