package diag

// loadTimeCodes are the mistakes with what is known when, with arguments and with secrets.
var loadTimeCodes = []Code{
	{"E0322", "not known before the run",
		"Every duration of a clause or statement, the number of `repeat` and `retry`, the list of `for` and the pattern of `matches` is known before the run begins: so it is known how long a run can take. Literals, constants, config, and parameters and variables of loops that are given such can be used. What must be looked up is a probe call in config, which is made once, before the run.",
		`experiment "example" {
    method {
        probe files = fs.glob("*.dat")
        for f in files {
            log f
        }
    }
}`,
		`experiment "example" {
    config {
        files = fs.glob("*.dat")
    }
    method {
        for f in files {
            log f
        }
    }
}`},
	{"E0323", "argument that is not known before the run",
		"The definition uses the parameter where a value must be known before the run, so each call must give one that is.",
		`probe up(limit: duration) = http.get("http://localhost")
    timeout limit

experiment "example" {
    method {
        let limit = 2s
        probe p = up(limit)
    }
}`,
		`probe up(limit: duration) = http.get("http://localhost")
    timeout limit

experiment "example" {
    method {
        probe p = up(2s)
    }
}`},
	{"E0324", "probe before the run",
		"A probe looks at the world, and this place needs a value that is known before the run. In config a probe is called once, before the run.",
		`experiment "example" {
    method {
        for f in fs.glob("*.dat") {
            log f
        }
    }
}`,
		`experiment "example" {
    config {
        files = fs.glob("*.dat")
    }
    method {
        for f in files {
            log f
        }
    }
}`},
	{"E0325", "missing argument",
		"A parameter without a default must be given.",
		`experiment "example" {
    method {
        action a = fs.rename("x") undo
    }
}`,
		`experiment "example" {
    method {
        action a = fs.rename("x", to: "y") undo
    }
}`},
	{"E0326", "argument that is given twice",
		"A parameter takes one argument, by position or by name.",
		`experiment "example" {
    method {
        action a = fs.rename("x", to: "y", path: "z") undo
    }
}`,
		`experiment "example" {
    method {
        action a = fs.rename("x", to: "y") undo
    }
}`},
	{"E0327", "too many arguments",
		"Options are given by name. Lists of any length are taken only by functions that say so, as process.run.",
		`experiment "example" {
    method {
        action a = fs.rename("x", "y", "z") undo
    }
}`,
		`experiment "example" {
    method {
        action a = fs.rename("x", "y") undo
    }
}`},
	{"E0329", "secret as an argument",
		"A secret, and whatever is computed from it, goes only to parameters that take secrets: headers, bodies, environments. Others end in logs, process lists and addresses. `reveal(x)` lets it go where it must; `chaosc plan` lists each.",
		`experiment "example" {
    secrets {
        api {
            token = env("TOKEN")
        }
    }
    method {
        probe p = http.get("http://localhost?token=${secrets.api.token}")
    }
}`,
		`experiment "example" {
    secrets {
        api {
            token = env("TOKEN")
        }
    }
    method {
        probe p = http.get("http://localhost", headers: {Authorization: secrets.api.token})
    }
}`},
	{"E0330", "secret in the open",
		"What is logged, titles, reasons and config are written in the open.",
		`experiment "example" {
    secrets {
        api {
            token = env("TOKEN")
        }
    }
    method {
        log secrets.api.token
    }
}`,
		`experiment "example" {
    secrets {
        api {
            token = env("TOKEN")
        }
    }
    method {
        log "there is a token: ${secrets.api.token != ""}"
    }
}`},
	{"E0331", "secret for a parameter that takes none",
		"The definition hands the parameter on to where a secret would get out.",
		`probe up(token: string) = http.get("http://localhost?token=${token}")

experiment "example" {
    secrets {
        api {
            token = env("TOKEN")
        }
    }
    method {
        probe p = up(secrets.api.token)
    }
}`,
		`probe up(token: string) = http.get("http://localhost", headers: {Authorization: token})

experiment "example" {
    secrets {
        api {
            token = env("TOKEN")
        }
    }
    method {
        probe p = up(secrets.api.token)
    }
}`},
	{"E0332", "outside value in the run",
		"`env`, `file` and `vault` read from outside of the experiment. They stand in config and secrets, where they are read once, before the run, and can be given otherwise by `--var`.",
		`experiment "example" {
    method {
        log env("HOME")
    }
}`,
		`experiment "example" {
    config {
        home = env("HOME")
    }
    method {
        log home
    }
}`},
}
