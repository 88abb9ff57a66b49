import Datasets
import Testing

struct RowNumbersTests {
    @Test("Places among some rows and numbers within the file lead to each other", arguments: [nil, [7, 3, 9, 4]])
    func places(_ list: [Int32]?) {
        let rows = list.map(RowNumbers.init) ?? RowNumbers(5..<9)
        #expect(Array(rows) == list?.map(Int.init) ?? [5, 6, 7, 8])
        #expect(rows.numbers == list ?? [5, 6, 7, 8])
        for (place, row) in rows.enumerated() {
            #expect(rows[place] == row && rows.place(of: row) == place)
        }
        for row in [-1, 0, 2, 10, .max] { #expect(rows.place(of: row) == nil) }
        #expect((rows.range == nil) == (list != nil))
    }

    @Test("Numbers of a range in its order are the range, and no others")
    func ranges() {
        #expect(RowNumbers([4, 5, 6]) == RowNumbers(4..<7))
        #expect(RowNumbers([6]) == RowNumbers(6..<7))
        #expect(RowNumbers([]).isEmpty && RowNumbers([]) == RowNumbers(0..<0))
        for other in [[4, 6, 5], [4, 6], [6, 5, 4], [4, 4]] as [[Int32]] { #expect(RowNumbers(other).range == nil) }
    }

    @Test("The first rows, and what the rows have in a list of the file's")
    func parts() {
        let labels: [UInt8] = [10, 11, 12, 13, 14]
        for rows in [RowNumbers(1..<4), RowNumbers([3, 0, 2])] {
            #expect(rows.values(of: labels) == rows.map { labels[$0] })
            #expect(Array(rows.prefix(2)) == Array(Array(rows).prefix(2)))
            #expect(rows.prefix(9) == rows)
        }
    }
}
