import Foundation

/// A panel as it is to be read on a screen: its top border, and the lines between its borders.
struct ScreenPanel {
    let border: String
    let lines: [String]

    var text: String { lines.joined(separator: "\n") }

    /// - Parameter title: the first words of the panel's top border.
    init?(_ title: String, in screen: String) {
        let rows = screen.components(separatedBy: "\n").map(Array.init)
        let opening = Array("╭─ \(title)")
        for (y, row) in rows.enumerated() where row.count >= opening.count {
            let starts = (0...(row.count - opening.count)).filter { Array(row[$0..<($0 + opening.count)]) == opening }
            guard let left = starts.first, let right = row[left...].firstIndex(of: "╮") else { continue }
            border = String(row[left...right])
            lines = rows[(y + 1)...].prefix { $0.count > right && $0[left] == "│" }.map {
                String($0[(left + 1)..<right])
            }
            return
        }
        return nil
    }
}

/// True and predicted class of a digit or of a cell of the heatmap.
struct ClassPair: Hashable {
    let truth: Int
    let predicted: Int
}

extension String {
    /// Whether there is a braille pattern with at least one dot.
    var hasBraille: Bool { unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) } }

    /// The epoch under way, as the status line has it: `epoch 3/10`.
    var epoch: Int? { firstMatch(of: /epoch +(\d+)\/\d+/).flatMap { Int($0.1) } }

    /// Captions of digits: `4 → 9`.
    var captions: [ClassPair] {
        matches(of: /(\d) → (\d)/).compactMap { match in
            guard let truth = Int(match.1), let predicted = Int(match.2) else { return nil }
            return ClassPair(truth: truth, predicted: predicted)
        }
    }

    /// The worst pair of classes beside the heatmap, with its count: `4→9   23`.
    var worstPair: (pair: ClassPair, count: Int)? {
        guard let match = firstMatch(of: /(\d)→(\d) +(\d+)/), let truth = Int(match.1), let predicted = Int(match.2),
            let count = Int(match.3)
        else { return nil }
        return (ClassPair(truth: truth, predicted: predicted), count)
    }
}
