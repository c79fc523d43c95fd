import Testing

/// A file of subaccounts that must be refused.
struct HostileFile: Sendable, CustomTestStringConvertible {
  let name: String
  let file: String
  let bytes: [UInt8]
  let mentions: [String]

  init(_ name: String, _ file: String, _ text: String, _ mentions: String...) {
    self.init(name, file, Array(text.utf8), mentions)
  }

  init(_ name: String, _ file: String, _ bytes: [UInt8], _ mentions: [String]) {
    self.name = name
    self.file = file
    self.bytes = bytes
    self.mentions = mentions
  }

  var testDescription: String { name }
}

/// Damaged, mislabelled and impossible files.
enum HostileFiles {
  static let good = "1x1,One\n2x2,Two\n"

  static let refused: [HostileFile] = [
    HostileFile(
      "a quote that never closes", "a.csv", "id,name\n1x1,One\n2x2,\"Two\n3x3,Three\n", "line 3"),
    HostileFile("blanks before a quoted cell", "a.csv", "id,name\n1x1, \"One\"\n", "line 2"),
    HostileFile("text after a closing quote", "a.csv", "id,name\n1x1,\"One\"x\n", "line 2"),
    HostileFile("a column twice", "a.csv", "id,name,plan,plan\n1x1,One,a,b\n", "plan"),
    HostileFile("too many cells", "a.csv", "id,name\n1x1,One,extra\n", "line 2"),
    HostileFile("too few cells", "a.csv", "id,name,plan\n1x1,One\n", "line 2"),
    HostileFile("no line at all", "a.csv", ""),
    HostileFile(
      "an unknown permission as a column", "a.csv", "id,name,actions.fly\n1x1,One,true\n",
      "actions.fly"),
    HostileFile(
      "a cell that is neither on nor off", "a.csv", "id,name,outbound\n1x1,One,maybe\n", "maybe"),
    HostileFile("a number that is none", "a.csv", "id,name,concurrency\n1x1,One,many\n", "many"),
    HostileFile(
      "a time that is none", "a.csv", "id,name,created\n1x1,One,yesterday-ish\n", "yesterday-ish"),
    HostileFile(
      "two rows of one id", "a.csv", "id,name\n1x1,One\n2x2,Two\n1x1,Three\n", "1x1", "2", "4"),
    HostileFile("UTF-16", "a.csv", [0xFF, 0xFE] + good.utf8.flatMap { [$0, 0] }, ["UTF-16"]),
    HostileFile("gzip", "a.csv", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3], ["gzip"]),
    HostileFile(
      "bytes that are not UTF-8", "a.csv",
      Array("id,name\n1x1,On".utf8) + [0xFF] + Array("e\n".utf8), [#"\xFF"#]),
    HostileFile(
      "NUL in a name", "a.csv", Array("id,name\n1x1,On".utf8) + [0] + Array("e\n".utf8), ["NUL"]),
    HostileFile(
      "a name of 1,025 bytes", "a.csv", "id,name\n1x1,\(String(repeating: "n", count: 1_025))\n",
      "line 2"),
    HostileFile(
      "JSON nested without end", "a.json", "[{\"a\":" + String(repeating: "[", count: 100_000),
      "nest"),
    HostileFile(
      "objects nested without end", "a.json", String(repeating: #"{"a":"#, count: 100_000), "nest"),
    HostileFile("a key twice", "a.json", #"[{"id":"1x1","name":"One","name":"Two"}]"#, "name"),
    HostileFile("a lone surrogate", "a.json", #"[{"id":"1x1","name":"\ud800"}]"#, "D800"),
    HostileFile(
      "a number past all numbers", "a.json", #"[{"id":"1x1","name":"One","max_minutes":1e400}]"#,
      "1e400"),
    HostileFile("JSON cut short", "a.json", #"[{"id":"1x1","name":"One"}"#, "a.json"),
    HostileFile(
      "a JSON line cut short", "a.jsonl", "{\"id\":\"1x1\",\"name\":\"One\"}\n{\"id\":\"2x2\"",
      "line 2"),
    HostileFile("something after the end", "a.json", #"[{"id":"1x1","name":"One"}] x"#, "a.json"),
    HostileFile(
      "an unknown permission in JSON", "a.json",
      #"[{"id":"1x1","name":"One","permissions":{"actions.fly":true}}]"#, "actions.fly"),
    HostileFile("JSON that is no list of subaccounts", "a.json", #"{"status":"ok"}"#, "a.json"),
    HostileFile("CSV under another name", "a.json", "id,name\n1x1,One\n", "a.json"),
  ]
}
