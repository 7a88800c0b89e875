package digits_test

import (
	"bytes"
	"fmt"

	"descent/pkg/digits"
)

func ExampleTrain() {
	train, test := digits.Train(), digits.Test()
	fmt.Println(train.Len(), "training images,", test.Len(), "test images of", train.Dim, "pixels")
	fmt.Println("the first shows a", train.Labels[0])
	for y := range digits.Height {
		for _, pixel := range train.Row(0)[y*digits.Width : (y+1)*digits.Width] {
			fmt.Printf("%3.0f", pixel*16)
		}
		fmt.Println()
	}
	// Output:
	// 1438 training images, 359 test images of 64 pixels
	// the first shows a 0
	//   0  0  5 13  9  1  0  0
	//   0  0 13 15 10 15  5  0
	//   0  3 15  2  0 11  8  0
	//   0  4 12  0  0  8  8  0
	//   0  5  8  0  0  9  8  0
	//   0  4 11  0  1 12  7  0
	//   0  2 14  5 10 12  0  0
	//   0  0  6 13 10  0  0  0
}

func ExampleSampler() {
	batches := digits.NewSampler(10, 4, 1)
	for range batches.PerEpoch() {
		fmt.Println(batches.Next())
	}
	withReplacement := digits.NewReplacementSampler(10, 8, 1)
	fmt.Println(withReplacement.Next())
	// Output:
	// [0 7 1 4]
	// [2 5 3 8]
	// [9 7 2 5 8 5 7 6]
}

// Give the folder of your MNIST or Fashion-MNIST; this one has few images, of
// 4×3 pixels.
func ExampleReadIDX() {
	train, test, err := digits.ReadIDX("testdata/idx")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(train.Len(), "training images,", test.Len(), "test images of", train.Dim, "pixels")
	fmt.Printf("%.3f is a %d\n", train.Row(1)[:3], train.Labels[1])
	// Output:
	// 5 training images, 3 test images of 12 pixels
	// [0.145 0.188 0.231] is a 3
}

func ExampleDecodeIDX() {
	images := []byte{0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 0, 255, 51, 102}
	labels := []byte{0, 0, 8, 1, 0, 0, 0, 1, 7}
	fmt.Println(digits.DecodeIDX(bytes.NewReader(images), bytes.NewReader(labels)))
	_, err := digits.DecodeIDX(bytes.NewReader(images[:18]), bytes.NewReader(labels))
	fmt.Println(err)
	// Output:
	// {[0 1 0.2 0.4] [7] 4} <nil>
	// digits: images: truncated, the header promises 1×2×2 = 4 bytes, found 2
}

// Words 0 to 9 are common. The rare one, the last of each text, tells the label.
func ExampleRareWords() {
	train, test := digits.RareWords(1)
	fmt.Println(train.Len(), "texts to train on,", test.Len(), "to test, of", train.Dim, "words")
	for i := range 3 {
		fmt.Print("label ", train.Labels[i], ", words")
		for word, x := range train.Row(i) {
			if x == 1 {
				fmt.Print(" ", word)
			}
		}
		fmt.Println()
	}
	// Output:
	// 3000 texts to train on, 3000 to test, of 300 words
	// label 0, words 1 2 3 5 6 8 9 12
	// label 1, words 0 2 3 4 6 7 9 15
	// label 0, words 2 3 5 6 9 17
}
