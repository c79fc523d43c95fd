import Diagnostics
import Evaluation
import Foundation
import Interchange
import Language
import Permissions
import Storage
import Testing

/// A folder of a test's own, removed with it.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("interchange-\(UInt64.random(in: .min ... .max))")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func path(_ name: String) -> Text { Text(url.appendingPathComponent(name).path) }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: url.appendingPathComponent(name))
  }

  func contents(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: url.appendingPathComponent(name)))
  }

  func text(_ name: String) throws -> String {
    String(decoding: try contents(name), as: UTF8.self)
  }

  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted()
  }

  func mode(_ name: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path(name).string)
    return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? -1
  }
}

@Suite struct FilesTests {
  private func importing(_ path: Text, as format: FileFormat? = nil) -> ImportRequest {
    ImportRequest(
      path: path, format: format, catalog: .standard, attributes: AttributeDefinition.standard)
  }

  private func exporting(
    _ path: Text, _ table: Table, as format: FileFormat? = nil, isSpreadsheetSafe: Bool = false
  ) -> ExportRequest {
    ExportRequest(
      path: path, format: format, isSpreadsheetSafe: isSpreadsheetSafe, rows: Array(table.live),
      table: table)
  }

  @Test(arguments: [
    (name: "a.json", format: nil), (name: "a.jsonl", format: nil), (name: "a.csv", format: .json),
    (name: "a.txt", format: FileFormat.jsonl), (name: "a.ndjson", format: nil),
  ])
  func `what is no csv is not made safe for spreadsheets`(
    name: String, format: FileFormat?
  ) throws {
    let folder = try TemporaryFolder()
    let request = exporting(folder.path(name), Table(), as: format, isSpreadsheetSafe: true)
    let problem = #expect(throws: Diagnostic.self) { _ = try Files().write(request) }
    #expect(problem?.code == "E0618")
    #expect(folder.names.isEmpty, "nothing is left behind")
  }

  @Test(
    "what a file is is known by its first bytes, then by its name",
    arguments: [
      ("a.csv", "id\n1\n"), ("a.txt", "id\n1\n"), ("a.csv", "[{\"id\":\"1\"}]"),
      ("a", " \n{\"id\":\"1\"}"),
      ("a.json", "{\"id\":\"1\"}\n{\"id\":\"2\"}"), ("a.jsonl", "\u{FEFF}{\"id\":\"1\"}"),
    ])
  func detection(name: String, text: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: name)
    #expect(try Files().read(importing(folder.path(name))).row(0) == "id=1")
  }

  @Test("what the statement says of the format is believed")
  func format() throws {
    let folder = try TemporaryFolder()
    try folder.write("{\"id\":\"1\"}\n{\"id\":\"2\"}\n", to: "a")
    #expect(try Files().read(importing(folder.path("a"), as: .jsonl)).rowCount == 2)
    #expect(throws: Diagnostic.self) { try Files().read(importing(folder.path("a"), as: .json)) }
    #expect(throws: Diagnostic.self) { try Files().read(importing(folder.path("a"), as: .csv)) }
    try folder.write("x", to: "a.json")
    #expect(code { _ = try Files().read(importing(folder.path("a.json"))) } == "E0613")
  }

  @Test("a file that is not there suggests the nearest name; a directory is no file")
  func missing() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "agency.csv")
    do {
      _ = try Files().read(importing(folder.path("agnecy.csv")))
      Issue.record("a missing file was read")
    } catch {
      #expect(error.code == "E0602" && error.message.hasSuffix("there is no such file"))
      #expect(
        error.help == "did you mean '\(Text(folder.path("agency.csv").string.prefix(60)))…'?"
          || error.help == "did you mean '\(folder.path("agency.csv"))'?")
      #expect(error.status == .failed)
    }
    #expect(code { _ = try Files().read(importing(Text(folder.url.path))) } == "E0602")
    #expect(code { _ = try Files().script(at: Text(folder.url.path)) } == "E0602")
    #expect(code { _ = try Files().script(at: "a\0b") } == "E0601")
    #expect(code { _ = try Files().script(at: "") } == "E0602")
    #expect(code { _ = try Files().read(importing("/dev/null")) } == "E0604")
  }

  private func code(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return (error as? Diagnostic)?.code
    }
  }

  @Test("a symbolic link to a file is read")
  func link() throws {
    let folder = try TemporaryFolder()
    try folder.write("id\n1\n", to: "a.csv")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("b").string, withDestinationPath: "a.csv")
    #expect(try Files().read(importing(folder.path("b"))).rowCount == 1)
  }

  @Test("a script comes as its bytes; one with an endless line or too large is refused")
  func script() throws {
    let folder = try TemporaryFolder()
    try folder.write("grant outbound to all\n", to: "a.pql")
    let script = try Files().script(at: folder.path("a.pql"))
    #expect(script.name == folder.path("a.pql"))
    #expect(String(decoding: script.bytes, as: UTF8.self) == "grant outbound to all\n")
    let line = String(repeating: "x", count: 1 << 20)
    try folder.write(line + "\n" + line + "\n", to: "fits.pql")
    #expect(try Files().script(at: folder.path("fits.pql")).bytes.count == 2 * (1 << 20) + 2)
    try folder.write("-- a\n" + line + "x\n", to: "long.pql")
    #expect(code { _ = try Files().script(at: folder.path("long.pql")) } == "E0605")
    #expect(code { _ = try Files().script(at: "/dev/zero") } == "E0605")
    let large = folder.url.appendingPathComponent("large.pql")
    try folder.write("", to: "large.pql")
    let handle = try FileHandle(forWritingTo: large)
    try handle.truncate(atOffset: 257 << 20)
    try handle.close()
    #expect(code { _ = try Files().script(at: Text(large.path)) } == "E0605")
  }

  @Test("nothing is at the target before it is published, and nothing after it is discarded")
  func publishing() throws {
    let folder = try TemporaryFolder()
    let agency = try table(of: "id,name\n1,A\n")
    let pending = try Files().write(exporting(folder.path("out.jsonl"), agency))
    #expect(!folder.names.contains("out.jsonl") && folder.names.count == 1)
    #expect(try pending.publish() == .complete)
    #expect(folder.names == ["out.jsonl"])
    #expect(try folder.text("out.jsonl").hasPrefix("{\"id\":\"1\""))
    #expect(try folder.mode("out.jsonl") == 0o600)
    let dropped = try Files().write(exporting(folder.path("other.csv"), agency))
    dropped.discard()
    #expect(folder.names == ["out.jsonl"])
    _ = try Files().write(exporting(folder.path("forgotten.csv"), agency))
    #expect(folder.names == ["out.jsonl"])
  }

  @Test("a file that is there is replaced whole and keeps its mode, through a link too")
  func replacing() throws {
    let folder = try TemporaryFolder()
    let agency = try table(of: "id,name\n1,A\n")
    try folder.write("old", to: "out.csv")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o640], ofItemAtPath: folder.path("out.csv").string)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link").string, withDestinationPath: "out.csv")
    let pending = try Files().write(exporting(folder.path("link"), agency))
    #expect(try folder.text("out.csv") == "old")
    #expect(try pending.publish() == .complete)
    #expect(try folder.text("out.csv").hasPrefix("id,name,created,"))
    #expect(try folder.mode("out.csv") == 0o640)
    #expect(folder.names == ["link", "out.csv"])
  }

  @Test("what can't be written is refused before anything is there")
  func refused() throws {
    let folder = try TemporaryFolder()
    let agency = try table(of: "id,name\n1,A\n")
    #expect(code { _ = try Files().write(exporting(Text(folder.url.path), agency)) } == "E0602")
    #expect(code { _ = try Files().write(exporting(folder.path("no/out.csv"), agency)) } == "E0602")
    #expect(code { _ = try Files().write(exporting("", agency)) } == "E0602")
    #expect(code { _ = try Files().write(exporting("a\0", agency)) } == "E0601")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("loop").string, withDestinationPath: "loop")
    #expect(code { _ = try Files().write(exporting(folder.path("loop"), agency)) } == "E0601")
    #expect(folder.names == ["loop"])
  }

  @Test("a device gets the file when it is published, and a full one says so")
  func devices() throws {
    let agency = try table(of: "id,name\n1,A\n")
    #expect(try Files().write(exporting("/dev/null", agency)).publish() == .complete)
    let full = try Files().write(exporting("/dev/full", agency))
    #expect(code { _ = try full.publish() } == "E0601")
  }

  @Test("a file name of 255 bytes can be written beside")
  func longName() throws {
    let folder = try TemporaryFolder()
    let name = String(repeating: "n", count: 255)
    #expect(try Files().write(exporting(folder.path(name), Table())).publish() == .complete)
    #expect(folder.names == [name])
  }
}
