package host

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/url"
	"os"
	"syscall"

	"github.com/etamil-lang/etamil/runtime/value"
)

// webReasons are the causes of failed requests that have words of ours.
var webReasons = []struct {
	err            error
	tamil, english string
}{
	{errScheme, "முகவரி http அல்லது https ஆக இருக்க வேண்டும்", "the address must be http or https"},
	{errNoHost, "முகவரியில் வழங்கியின் பெயர் இல்லை", "the address names no host"},
	{errMethod, "இந்த முறை அனுப்பக்கூடியதல்ல", "the method cannot be sent"},
	{errRedirects, "ஐந்துக்கு மேற்பட்ட திசைமாற்றங்கள்", "more than five redirects"},
	{errInward, "பொது வலையிலிருந்து உள் முகவரிக்குத் திசைமாற்றம்; மறுக்கப்பட்டது", "a public server redirected to a private address, which is refused"},
	{errPrivate, "உள் வலையின் முகவரி; ETAMIL_WEB_ALLOW அதை அனுமதிக்கவில்லை", "an address of a private network, which ETAMIL_WEB_ALLOW does not allow"},
	{errLarge, "பதில் 10 MB ஐ விடப் பெரியது", "the answer is larger than 10 MB"},
	{errNotText, "பதில் UTF-8 உரை அல்ல", "the answer is not UTF-8 text"},
	{context.DeadlineExceeded, "நேரத்துக்குள் பதில் வரவில்லை", "no answer came in time"},
	{os.ErrDeadlineExceeded, "நேரத்துக்குள் பதில் வரவில்லை", "no answer came in time"},
	{syscall.ECONNREFUSED, "இணைப்பு மறுக்கப்பட்டது", "the connection was refused"},
	{syscall.ECONNRESET, "இணைப்பு முறிந்தது", "the connection broke"},
	{syscall.EPIPE, "இணைப்பு முறிந்தது", "the connection broke"},
	{io.ErrUnexpectedEOF, "பதில் பாதியில் நின்றது", "the answer ended half way"},
	{io.EOF, "பதில் இன்றி இணைப்பு மூடப்பட்டது", "the connection was closed without an answer"},
}

// webFailed is தவறு with the reason why no answer came. Of the address it shows no user, password or query.
func webFailed(address string, err error) value.Value {
	tamil, english := webReason(err)
	shown := "?"
	if u, err := url.Parse(address); err == nil {
		shown = (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
		if s, err := url.PathUnescape(shown); err == nil {
			shown = s
		}
	}
	return failed("வலை \""+shown+"\": "+tamil, "web \""+shown+"\": "+english)
}

// WebReason says in both languages why a server gave no answer.
func WebReason(err error) (tamil, english string) { return webReason(err) }

func webReason(err error) (tamil, english string) {
	var header *badHeader
	var settings *badTLS
	var name *net.DNSError
	var cert *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var timeout net.Error
	switch {
	case errors.As(err, &header):
		return "தலைப்பு \"" + header.name + "\" அனுப்பக்கூடியதல்ல", "the header \"" + header.name + "\" cannot be sent"
	case errors.As(err, &settings):
		tamil, english := reason(settings.err)
		return settings.variable + " பயன்படுத்த முடியாதது: " + tamil, settings.variable + " cannot be used: " + english
	case errors.As(err, &cert), errors.As(err, &authority):
		return "வழங்கியின் சான்றிதழை நம்ப முடியாது", "the server's certificate is not trusted"
	case errors.As(err, &name) && name.IsNotFound:
		return "இப்பெயரில் வழங்கி இல்லை", "there is no such host"
	}
	for _, r := range webReasons {
		if errors.Is(err, r.err) {
			return r.tamil, r.english
		}
	}
	if errors.As(err, &timeout) && timeout.Timeout() {
		return webReason(context.DeadlineExceeded)
	}
	var step *url.Error // its text would show the whole address
	if errors.As(err, &step) {
		err = step.Err
	}
	return err.Error(), err.Error()
}
