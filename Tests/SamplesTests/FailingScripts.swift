import Testing

/// A script that fails, how, and what its message must mention.
struct FailingScript: Sendable, CustomTestStringConvertible {
  let name: String
  let script: String
  let status: Int32
  let mentions: [String]

  var testDescription: String { name }
}

/// One script for each way to fail.
enum FailingScripts {
  static let all: [FailingScript] = [
    FailingScript(
      name: "a mistake on line 900",
      script: String(repeating: "grant mcp to \"Acme Dental\"\n", count: 899)
        + "grant outbond to all",
      status: 2, mentions: ["<stdin>:900:7", "'outbond'", "outbound"]),
    FailingScript(
      name: "a subaccount that is not there",
      script: "grant mcp to all\ngrant mcp to \"Acme Dentel\"",
      status: 1, mentions: ["Acme Dentel", "Acme Dental"]),
    FailingScript(
      name: "a name that two share", script: "grant mcp to all\ngrant mcp to \"Sunrise Dental\"",
      status: 1, mentions: ["Sunrise Dental", "#17"]),
    FailingScript(
      name: "an expectation", script: "grant mcp to all\ngrant chat to all expect 1", status: 3,
      mentions: ["expect"]),
    FailingScript(
      name: "an assertion", script: "grant mcp to all\nassert no subaccounts else \"not empty\"",
      status: 3, mentions: ["not empty"]),
    FailingScript(
      name: "an assertion about all of them",
      script: "revoke logs from \"Acme Dental\"\nassert all subaccounts have logs", status: 3,
      mentions: ["Acme Dental"]),
    FailingScript(
      name: "a policy",
      script: """
        define policy small as no subaccounts where plan = "starter" having mcp because "FIN-77"
        grant mcp to "Acme Realty"
        """,
      status: 4, mentions: ["small", "Acme Realty", "FIN-77"]),
    FailingScript(
      name: "what is always on", script: "grant mcp to all\nrevoke assistants from all", status: 2,
      mentions: ["assistants", "always"]),
    FailingScript(
      name: "a taken name", script: "grant mcp to all\ncreate subaccount \"Acme Dental\"",
      status: 1,
      mentions: ["Acme Dental"]),
    FailingScript(
      name: "like compared with unlike", script: "count where max_minutes = \"many\"", status: 2,
      mentions: ["max_minutes"]),
    FailingScript(
      name: "null", script: "count where plan = null", status: 2, mentions: ["is not set"]),
    FailingScript(name: "nobody said", script: "grant mcp", status: 2, mentions: ["all"]),
    FailingScript(
      name: "a protected subaccount, named",
      script: "protect \"Acme Dental\"\ngrant mcp to \"Acme Dental\"", status: 1,
      mentions: ["protected", "including protected"]),
    FailingScript(
      name: "an unset variable", script: "count where plan = $plan", status: 2, mentions: ["$plan"]),
    FailingScript(
      name: "an argument that was not given", script: "count where plan = $1", status: 2,
      mentions: ["$1"]),
  ]
}
