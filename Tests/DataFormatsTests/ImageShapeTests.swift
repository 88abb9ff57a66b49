import DataFormats
import Testing

@Suite struct ImageShapeTests {
    @Test("A grey image is shown as it is; of colours the luma, of other channels the mean")
    func gray() {
        let pixels: [UInt8] = [0, 10, 255, 7]
        #expect(ImageShape(rows: 2, columns: 2).gray(pixels) == GrayImage(rows: 2, columns: 2, pixels: pixels))
        // 0.299 · 255, 0.587 · 255, 0.114 · 255, and all of them.
        let colours: [UInt8] = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]
        #expect(ImageShape(rows: 1, columns: 4, channels: 3).gray(colours).pixels == [76, 150, 29, 255])
        #expect(ImageShape(rows: 2, columns: 1, channels: 2).gray([1, 2, 10, 20]).pixels == [2, 15])
    }

    @Test("A grey drawing has the same level in every channel, and looks the same in grey")
    func bytes() {
        let drawing = GrayImage(rows: 1, columns: 3, pixels: [0, 128, 255])
        let colours = ImageShape(rows: 1, columns: 3, channels: 3)
        #expect(ImageShape(rows: 1, columns: 3).bytes(of: drawing) == [0, 128, 255])
        #expect(colours.bytes(of: drawing) == [0, 0, 0, 128, 128, 128, 255, 255, 255])
        #expect(colours.gray(colours.bytes(of: drawing)) == drawing)
    }

    @Test("Weights of the channels of a pixel are added up for a picture of them")
    func sums() {
        #expect(ImageShape(rows: 1, columns: 2).sums([1, -2]) == [1, -2])
        #expect(ImageShape(rows: 1, columns: 2, channels: 3).sums([1, 2, 3, -1, 0.5, 0]) == [6, -0.5])
    }
}
