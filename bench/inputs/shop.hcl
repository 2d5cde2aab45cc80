experiment "The shop answers while part {{n}} is away" {
  description = <<-EOT
    The shop reads prices from a file that another service writes.
    It should go on with the last prices when the file is gone.
    EOT
  tags          = ["shop", "prices", "part {{n}}"]
  contributions = { reliability = "high", security = "none" }

  config {
    url     = env("SHOP_URL", "http://localhost:8080/")
    service = "shop.py"
    limit   = "250ms"
  }

  setup {
    action "start-service" {
      call = process_start("python3", service, "--part", "{{n}}")
      undo = true
    }
    wait {
      until  = http_get(url).status == 200
      within = "10s"
      every  = "100ms"
    }
  }

  steady "The shop answers" {
    probe "answers" {
      call    = http_get("${url}products", { query = { part = {{n}}, all = true } })
      timeout = "2s"
      expect  = [contains([200, 503], status), elapsed < limit]
    }
    probe "prices" {
      call   = fs_exists("prices.dat")
      expect = [it]
    }
  }

  method {
    action "move-prices" {
      call   = fs_rename("prices.dat", "prices.dat.{{n}}")
      settle = "500ms"
      undo   = true
    }
    pause {
      for = "2s"
    }
    repeat {
      times = 3
      probe "again" {
        call   = http_get(url, { headers = { Accept = "application/json" } })
        retry  = { times = 2, every = "100ms" }
        expect = [status == 200 || status >= 500 && elapsed > 10]
      }
    }
    restore "move-prices" {
    }
    log {
      text = "the prices of part {{n}} are back"
    }
  }
}
