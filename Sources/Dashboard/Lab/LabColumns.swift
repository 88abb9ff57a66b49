import TerminalUI

/// How the panels of Lab share the rows of their columns. With each row more every panel that lists something has at
/// least the rows it had: a new one comes in where the others keep theirs. What waits for it until then, such as the facts
/// of the run, needs no row in particular.
enum LabColumns {
    /// Rows of a picture of a digit with its bars.
    private static let digit = 18
    /// The least rows of the picture of how sure the predictions were.
    private static let leastSureness = 12

    /// Composer, shape, facts or a picture, and confusion.
    struct Left: Equatable {
        var composer: Int
        var shape = 0
        var facts = 0
        var sureness = 0
        var confusion = 0

        /// Rows of the matrix: two classes a row, or each with a row of its own.
        private static let compact = 8
        private static let full = 14
        /// Rows of the composer that the matrix leaves to it.
        private static let least = 12

        /// - Parameter isNarrow: whether the matrix has no room for a row of each class.
        init(_ height: Int, _ needs: LabLayout.Needs, isNarrow: Bool) {
            composer = min(height, Left.least)
            guard height >= Left.least + Left.full else {
                if height >= Left.least + Left.compact { confusion = Left.compact }
                facts = height - composer - confusion
                return
            }
            confusion = Left.full
            composer = min(height - confusion, max(Left.least, needs.composer))
            var rest = height - confusion - composer
            if rest >= needs.layers + 4 { shape = min(rest, 3 * needs.layers + 7) }
            rest -= shape
            if rest < leastSureness { facts = rest } else { sureness = rest }
            guard isNarrow else { return }
            facts += Left.full - Left.compact
            confusion = Left.compact
        }
    }

    /// Epochs, pairs, a digit, facts or a picture.
    struct Side: Equatable {
        var epochs: Int
        var pairs = 0
        var digit = 0
        var facts = 0
        var sureness = 0

        /// The epochs have so many rows before the pairs come in, and before the digit does.
        private static let before = (pairs: 12, digit: 24)

        init(_ height: Int, _ needs: LabLayout.Needs) {
            let first = min(needs.epochs, height, Side.before.pairs)
            pairs = min(needs.pairs, height - first)
            if pairs < 3 { pairs = 0 }
            epochs = min(needs.epochs, max(first, min(height - max(pairs, 2), Side.before.digit)))
            var rest = height - epochs - pairs
            if rest >= LabColumns.digit {
                digit = LabColumns.digit
                let more = min(rest - digit, needs.epochs - epochs)
                epochs += more
                rest -= digit + more
            }
            if rest < leastSureness { facts = rest } else { sureness = rest }
        }
    }

    /// Rows of the wrong digits: those that show the most of them, of what the charts can spare; where several show as
    /// many, those with full captions.
    ///
    /// - Parameter wanted: how many there are.
    static func digitRows(_ column: Rect, _ wanted: Int) -> Int {
        let spare = column.height >= 72 ? 28 : column.height >= 52 ? 19 : column.height >= 26 ? 10 : 8
        let forms = [8, 10, 19, 28].filter { $0 <= spare }
        func count(_ rows: Int) -> Int {
            min(wanted, DigitsGallery(Rect(x: 0, y: 0, width: column.width, height: rows)).perPage)
        }
        return forms.max { (count($0), -abs($0 - 10)) < (count($1), -abs($1 - 10)) } ?? 8
    }
}
