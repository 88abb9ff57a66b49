import Dashboard
import Foundation
import TerminalUI
import Testing

/// How the help is laid out; what it does is in the tests of navigation.
@Suite struct HelpTests {
    private func lines(width: Int, height: Int, _ keys: Key...) -> [String] {
        var state = Sample.training(width: width, height: height)
        Sample.press(&state, "?")
        for key in keys { Sample.press(&state, key) }
        return render(state).text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test("Beside the help nothing shows, or enough of the view to be seen as such")
    func fringe() {
        for width in 40...240 {
            let line = lines(width: width, height: 30).first { $0.contains("╭─ keys ") } ?? ""
            let start = line.range(of: "╭─ keys ")?.lowerBound
            let left = start.map { line.distance(from: line.startIndex, to: $0) } ?? -1
            #expect(left == 0 || left >= 6, "\(left) columns at \(width)")
        }
    }

    @Test("Each column begins with the name of its context", arguments: [(80, 24, 1), (160, 48, 2), (240, 50, 3)])
    func headings(width: Int, height: Int, columns: Int) throws {
        let names = KeyContext.allCases.map(\.rawValue)
        for keys: [Key] in [[], [.end], [.pageDown, .pageDown, .pageDown]] {
            var state = Sample.training(width: width, height: height)
            Sample.press(&state, "?")
            for key in keys { Sample.press(&state, key) }
            let lines = render(state).text.split(separator: "\n").map(String.init)
            let top = try #require(lines.firstIndex { $0.contains("╭─ keys ") })
            // The frame, the line that is typed into, and a blank one. Columns have two blanks between them at least.
            let heads = lines[top + 3].components(separatedBy: "  ").map { $0.trimmingCharacters(in: [" ", "│"]) }
                .filter { !$0.isEmpty }
            #expect(heads.count == columns && heads.allSatisfy(names.contains), "\(heads)")
        }
    }

    @Test("What is out of sight is counted in the frame, and the wrapped words of a command stand below one another")
    func leftOut() throws {
        let top = lines(width: 80, height: 24)
        #expect(top.contains { $0.contains("↓ ") && $0.contains(" more ─╯") && !$0.contains("↑") })
        let end = lines(width: 80, height: 24, .end)
        #expect(end.contains { $0.contains("↑ ") && $0.contains(" more ─╯") && !$0.contains("↓") })
        let middle = lines(width: 80, height: 24, .pageDown, .pageDown, .pageDown)
        #expect(middle.contains { $0.contains("↑ ") && $0.contains("↓ ") && $0.contains(" more ─╯") })
        let all = lines(width: 240, height: 120)
        #expect(!all.contains { $0.contains(" more ─╯") })
    }
}
