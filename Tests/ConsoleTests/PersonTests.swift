import Console
import Diagnostics
import Testing

@Suite("who runs the program")
struct PersonTests {
  static let file = Array("root:x:0:0::/root:/bin/sh\nbroken\nsam:x:1000:1000::/:/bin/sh\n".utf8)

  @Test("the password file knows the user's name")
  func known() {
    let person = Person(
      number: 1000, passwordFile: Self.file, loginName: "root", userVariable: "root")
    #expect(person.user == "sam" && person.actor == "sam")
  }

  @Test("the record holds the number where nobody knows the name, whatever the environment claims")
  func unknown() {
    let claimed = Person(
      number: 100, passwordFile: Self.file, loginName: "", userVariable: "kim")
    #expect(claimed.user == "uid 100" && claimed.actor == "kim")
    let silent = Person(number: 100, passwordFile: [], loginName: nil, userVariable: nil)
    #expect(silent.user == "uid 100" && silent.actor == "uid 100")
  }
}
